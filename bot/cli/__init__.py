"""The commands, a module a group. A library is imported where a command needs it; no other waits for it."""
