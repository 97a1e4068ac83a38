import Domain

/// What libyaml says of a text that is no YAML, for people. It speaks English only.
enum YAMLFault {
    static func sentence(_ problem: String) -> LocalizedText {
        LocalizedText(en: problem, es: spanish[problem] ?? "el lector de YAML dice «\(problem)»")
    }

    /// The mistakes that people make; sentences as libyaml 0.2 writes them.
    private static let spanish = [
        "mapping values are not allowed in this context":
            "aquí no puede haber «clave: valor»; ¿falta un salto de línea?",
        "did not find expected key": "se esperaba una clave; revise la sangría y las comillas",
        "did not find expected <document start>": "se esperaba el comienzo del documento",
        "did not find expected '-' indicator": "se esperaba un guion de lista",
        "did not find expected ',' or ']'": "se esperaba «,» o «]»",
        "did not find expected ',' or '}'": "se esperaba «,» o «}»",
        "did not find expected node content": "se esperaba un valor",
        "did not find expected comment or line break": "se esperaba un comentario o el final de la línea",
        "did not find expected alphabetic or numeric character": "se esperaba una letra o una cifra",
        "could not find expected ':'": "falta «:» después de una clave",
        "block sequence entries are not allowed in this context": "aquí no puede haber un elemento de lista",
        "block mapping keys are not allowed in this context": "aquí no puede haber una clave",
        "found character that cannot start any token": "hay un carácter con el que nada puede empezar; ¿un tabulador?",
        "found a tab character that violates indentation": "hay un tabulador en la sangría: use espacios",
        "found a tab character where an indentation space is expected": "hay un tabulador en la sangría: use espacios",
        "found unexpected end of stream": "el archivo termina dentro de un texto; ¿faltan comillas?",
        "found unknown escape character": "hay una secuencia de escape desconocida tras «\\»",
        "found undefined alias": "nombra un alias que no existe",
        "control characters are not allowed": "contiene caracteres de control",
        "invalid leading UTF-8 octet": "no es UTF-8",
    ]
}
