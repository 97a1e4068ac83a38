import Domain

extension ErrorCatalogue {
    /// Token, permission, account: everything in the scope stops.
    static let accountLines = [
        CatalogueLine(
            0, reaction: .accountWide, scope: .credential,
            title: ("Access token not accepted", "Token de acceso no aceptado"),
            advice: (
                "Meta does not accept the access token. Create a new one in Meta Business Suite, put it into puente.yaml (whatsapp.numbers.NAME.access_token), then restart.",
                "Meta no acepta el token de acceso. Genere uno nuevo en Meta Business Suite, póngalo en puente.yaml (whatsapp.numbers.NAME.access_token) y reinicie."
            )),
        CatalogueLine(
            190, reaction: .accountWide, scope: .credential,
            title: ("Access token expired or revoked", "Token de acceso caducado o revocado"),
            advice: (
                "The access token has expired or was revoked. Create a new system-user token, put it into puente.yaml (whatsapp.numbers.NAME.access_token), then restart.",
                "El token de acceso caducó o fue revocado. Genere un nuevo token de usuario del sistema, póngalo en puente.yaml (whatsapp.numbers.NAME.access_token) y reinicie."
            )),
        CatalogueLine(
            10, 131005, reaction: .accountWide, scope: .credential,
            title: ("Permission missing", "Falta un permiso"),
            advice: (
                "The access token may not do this. Give its system user whatsapp_business_messaging and access to the account, put a new token into puente.yaml (whatsapp.numbers.NAME.access_token), then restart.",
                "El token de acceso no tiene permiso para esto. Dé a su usuario del sistema whatsapp_business_messaging y acceso a la cuenta, ponga un token nuevo en puente.yaml (whatsapp.numbers.NAME.access_token) y reinicie."
            )),
        CatalogueLine(
            200, reaction: .accountWide, scope: .credential,
            title: ("Permission not granted", "Permiso no concedido"),
            advice: (
                "The app was not granted a permission that this needs. Grant it in the Meta app's settings, put a new token into puente.yaml (whatsapp.numbers.NAME.access_token), then restart.",
                "La aplicación no tiene concedido un permiso necesario. Concédalo en la configuración de la aplicación de Meta, ponga un token nuevo en puente.yaml (whatsapp.numbers.NAME.access_token) y reinicie."
            )),
        CatalogueLine(
            3, reaction: .permanent, scope: .app,
            title: ("The app may not use this function", "La aplicación no puede usar esta función"),
            advice: (
                "The Meta app lacks the capability for this call. Check the app's permissions and its review in Meta for Developers.",
                "La aplicación de Meta no está habilitada para esta operación. Revise sus permisos y su verificación en Meta for Developers."
            )),
        CatalogueLine(
            33, reaction: .accountWide, scope: .number,
            title: ("Number or object not found", "Número u objeto no encontrado"),
            advice: (
                "Meta does not find this number, or the token has no access to it. Check phone_number_id and access_token in puente.yaml (whatsapp.numbers.NAME), then restart.",
                "Meta no encuentra este número, o el token no tiene acceso a él. Revise phone_number_id y access_token en puente.yaml (whatsapp.numbers.NAME) y reinicie."
            )),
        CatalogueLine(
            368, reaction: .accountWide, scope: .waba,
            title: ("Account restricted for a policy violation", "Cuenta restringida por incumplir las políticas"),
            advice: (
                "Meta restricted this WhatsApp account for breaking its policies. See Account quality in Meta Business Suite, and appeal there.",
                "Meta restringió esta cuenta de WhatsApp por incumplir sus políticas. Consulte Calidad de la cuenta en Meta Business Suite y apele desde allí."
            )),
        CatalogueLine(
            131031, reaction: .accountWide, scope: .waba,
            title: ("Account locked", "Cuenta bloqueada"),
            advice: (
                "Meta locked this WhatsApp account. See Account quality in Meta Business Suite and ask for a review.",
                "Meta bloqueó esta cuenta de WhatsApp. Consulte Calidad de la cuenta en Meta Business Suite y solicite una revisión."
            )),
        CatalogueLine(
            131042, reaction: .accountWide, scope: .waba,
            title: ("Payment problem", "Problema con el pago"),
            advice: (
                "Meta cannot charge this WhatsApp account. Check payment method and credit line in Meta's billing settings; messages wait until then.",
                "Meta no puede cobrar a esta cuenta de WhatsApp. Revise el método de pago y la línea de crédito en la facturación de Meta; los mensajes esperan hasta entonces."
            )),
        CatalogueLine(
            131044, reaction: .permanent, scope: .waba,
            title: ("Payment problem with calls", "Problema con el pago de llamadas"),
            advice: (
                "Meta cannot charge this account for calls. Check the payment method in Meta's billing settings.",
                "Meta no puede cobrar las llamadas de esta cuenta. Revise el método de pago en la facturación de Meta."
            )),
        CatalogueLine(
            131037, reaction: .accountWide, scope: .number,
            title: ("Display name not approved", "Nombre visible sin aprobar"),
            advice: (
                "The number's display name is not approved yet. Ask for approval in WhatsApp Manager; messages wait until then.",
                "El nombre visible del número aún no está aprobado. Solicite la aprobación en WhatsApp Manager; los mensajes esperan hasta entonces."
            )),
        CatalogueLine(
            131045, 133010, reaction: .accountWide, scope: .number,
            title: ("Number not registered", "Número no registrado"),
            advice: (
                "The number is not registered with the Cloud API. Register it in WhatsApp Manager; messages wait until then.",
                "El número no está registrado en la API de la nube. Regístrelo en WhatsApp Manager; los mensajes esperan hasta entonces."
            )),
        CatalogueLine(
            134011, reaction: .permanent, scope: .waba,
            title: ("Payments terms not accepted", "Condiciones de pagos sin aceptar"),
            advice: (
                "The terms of WhatsApp Payments were not accepted. Accept them in WhatsApp Manager.",
                "No se han aceptado las condiciones de WhatsApp Payments. Acéptelas en WhatsApp Manager."
            )),
    ]
}
