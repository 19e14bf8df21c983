"""What can be said, and in which words.

Terms, shapes, concept schemes, questions and rules are Turtle and SPARQL files in this folder. The modules read them
(`vocabulary`), turn records into quads (`quads`), check quads against the shapes (`validation`) and know the
municipalities of Japan (`municipalities`).
"""
