"""Gradio's chat page and what stands around it."""
