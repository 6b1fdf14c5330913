"""One file per question: file = function = command = URL. A name with a leading underscore is a shared helper."""
