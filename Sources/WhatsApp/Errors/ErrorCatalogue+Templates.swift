import Domain

extension ErrorCatalogue {
    /// Templates and flows.
    static let templateLines = [
        CatalogueLine(
            132000, reaction: .permanent,
            title: ("Wrong number of values", "Número de valores incorrecto"),
            advice: (
                "The template has another number of variables than values were given. Refresh the templates and fill in each variable.",
                "La plantilla tiene un número de variables distinto al de valores. Actualice las plantillas y complete cada variable."
            )),
        CatalogueLine(
            132001, reaction: .permanent,
            title: ("Template not found", "Plantilla no encontrada"),
            advice: (
                "There is no approved template of that name in that language. Refresh the templates and choose another.",
                "No hay ninguna plantilla aprobada con ese nombre en ese idioma. Actualice las plantillas y elija otra."
            )),
        CatalogueLine(
            132005, reaction: .permanent,
            title: ("Text too long", "Texto demasiado largo"),
            advice: (
                "With these values the template's text is too long. Shorten the values.",
                "Con estos valores el texto de la plantilla es demasiado largo. Acorte los valores."
            )),
        CatalogueLine(
            132007, reaction: .permanent,
            title: ("Content breaks a policy", "El contenido incumple una política"),
            advice: (
                "Meta refused the template's content for its policies. Change the template in WhatsApp Manager.",
                "Meta rechazó el contenido de la plantilla por sus políticas. Modifique la plantilla en WhatsApp Manager."
            )),
        CatalogueLine(
            132008, 132012, 132018, reaction: .permanent,
            title: ("A value has the wrong form", "Un valor tiene formato incorrecto"),
            advice: (
                "A value does not fit its variable: no line breaks, tabs or long runs of spaces, and a picture where one is due.",
                "Un valor no encaja en su variable: sin saltos de línea, tabulaciones ni muchos espacios seguidos, y una imagen donde corresponda."
            )),
        CatalogueLine(
            132015, reaction: .permanent,
            title: ("Template paused", "Plantilla en pausa"),
            advice: (
                "Meta paused this template because of its quality. Wait until it is active again or choose another.",
                "Meta pausó esta plantilla por su calidad. Espere a que vuelva a estar activa o elija otra."
            )),
        CatalogueLine(
            132016, reaction: .permanent,
            title: ("Template disabled", "Plantilla desactivada"),
            advice: (
                "Meta disabled this template for good. Write a new one and have it approved.",
                "Meta desactivó esta plantilla definitivamente. Cree una nueva y solicite su aprobación."
            )),
        CatalogueLine(
            132068, reaction: .permanent,
            title: ("Flow blocked", "Flujo bloqueado"),
            advice: (
                "Meta blocked this flow. Correct it in WhatsApp Manager.",
                "Meta bloqueó este flujo. Corríjalo en WhatsApp Manager."
            )),
        CatalogueLine(
            132069, reaction: .permanent,
            title: ("Flow throttled", "Flujo limitado"),
            advice: (
                "Meta lets this flow be sent ten times an hour only, because of errors. Mend it, or try again later.",
                "Meta solo permite enviar este flujo diez veces por hora debido a errores. Corríjalo o inténtelo más tarde."
            )),
        CatalogueLine(
            134100, reaction: .permanent,
            title: ("Only marketing goes this way", "Por esta vía solo marketing"),
            advice: (
                "Only marketing templates can be sent through Meta's marketing interface. Choose one, or send it as usual.",
                "Por la interfaz de marketing de Meta solo se envían plantillas de marketing. Elija una o envíela de la forma habitual."
            )),
        CatalogueLine(
            134102, reaction: .permanent,
            title: ("Template not available", "Plantilla no disponible"),
            advice: (
                "This template is not available for marketing messages. Check it in WhatsApp Manager.",
                "Esta plantilla no está disponible para mensajes de marketing. Revísela en WhatsApp Manager."
            )),
        CatalogueLine(
            139_000, 139_001, 139_002, 139_003, 139_004, reaction: .permanent,
            title: ("Flow could not be changed", "No se pudo modificar el flujo"),
            advice: (
                "Meta did not create, change or publish the flow. See Meta's text for the reason.",
                "Meta no creó, modificó ni publicó el flujo. Vea el motivo en el texto de Meta."
            )),
        CatalogueLine(
            2_388_019, reaction: .permanent, scope: .waba,
            title: ("Too many templates", "Demasiadas plantillas"),
            advice: (
                "The account has reached its number of templates. Delete some that are not used.",
                "La cuenta alcanzó su número máximo de plantillas. Elimine las que no se usen."
            )),
        CatalogueLine(
            2_388_023, reaction: .permanent,
            title: ("Name still being deleted", "Nombre en proceso de eliminación"),
            advice: (
                "A template of this name and language is still being deleted. Use another name.",
                "Todavía se está eliminando una plantilla con ese nombre e idioma. Use otro nombre."
            )),
        CatalogueLine(
            2_388_040, reaction: .permanent,
            title: ("A text of the template is too long", "Un texto de la plantilla es demasiado largo"),
            advice: (
                "A text of the template is longer than Meta allows. Shorten it.",
                "Un texto de la plantilla supera lo que permite Meta. Acórtelo."
            )),
        CatalogueLine(
            2_388_047, 2_388_072, 2_388_073, reaction: .permanent,
            title: ("Header, body or footer not valid", "Encabezado, cuerpo o pie no válidos"),
            advice: (
                "Meta does not accept how header, body or footer of the template are written. Correct them.",
                "Meta no acepta cómo están escritos el encabezado, el cuerpo o el pie de la plantilla. Corríjalos."
            )),
        CatalogueLine(
            2_388_293, reaction: .permanent,
            title: ("Too many variables for the text", "Demasiadas variables para el texto"),
            advice: (
                "The template has too many variables for its length. Write more text or use fewer variables.",
                "La plantilla tiene demasiadas variables para su longitud. Escriba más texto o use menos variables."
            )),
        CatalogueLine(
            2_388_299, reaction: .permanent,
            title: ("Variable at the beginning or end", "Variable al principio o al final"),
            advice: (
                "A template's text may not begin or end with a variable. Put words around it.",
                "El texto de una plantilla no puede empezar ni terminar con una variable. Agregue palabras alrededor."
            )),
    ]
}
