/// Cloud API, "Messages" and the pages of the single types; Graph API v25.0.
extension TextLimit {
    static let text = TextLimit(4096, en: "The text", es: "el texto")
    static let caption = TextLimit(1024, en: "The caption", es: "el pie de foto")
    static let fileName = TextLimit(240, en: "The file name", es: "el nombre del archivo")
    static let cardName = TextLimit(1024, en: "The contact's name", es: "el nombre del contacto")

    static let interactiveBody = TextLimit(1024, en: "The text", es: "el texto")
    static let listBody = TextLimit(4096, en: "The text", es: "el texto")
    static let interactiveHeader = TextLimit(60, en: "The header", es: "el encabezado")
    static let footer = TextLimit(60, en: "The footer", es: "el pie")
    static let buttonID = TextLimit(256, en: "A button's id", es: "el identificador de un botón")
    static let buttonTitle = TextLimit(20, en: "A button's title", es: "el título de un botón")
    static let sectionTitle = TextLimit(24, en: "A section's title", es: "el título de una sección")
    static let rowID = TextLimit(200, en: "A row's id", es: "el identificador de una fila")
    static let rowTitle = TextLimit(24, en: "A row's title", es: "el título de una fila")
    static let rowDescription = TextLimit(72, en: "A row's description", es: "la descripción de una fila")

    static let templateName = TextLimit(512, en: "The template's name", es: "el nombre de la plantilla")
    static let templateHeader = TextLimit(60, en: "The header's value", es: "el valor del encabezado")
    static let templateValue = TextLimit(1024, en: "A variable's value", es: "el valor de una variable")
    static let templatePayload = TextLimit(256, en: "A button's payload", es: "el contenido de un botón")
    static let couponCode = TextLimit(15, en: "The code", es: "el código")

    static let callbackData = TextLimit(512, en: "The callback data", es: "el dato de retorno")
}
