"""How a question is answered: understood, searched for, quoted or refused."""
