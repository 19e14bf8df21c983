"""What can be said, and in which words.

The terms, shapes, concept schemes, questions and rules are Turtle and SPARQL files in this folder; the modules read them
(`vocabulary`), turn records into quads (`quads`), check quads against the shapes (`validation`) and know the
municipalities of Japan (`municipalities`).
"""
