import Domain

/// What a word that the database keeps means to whoever reads their own file.
enum PersonCode {
    /// A code without words of its own is shown as it is.
    static func words(_ code: String) -> LocalizedText { known[code] ?? .same(code) }

    private static let known: [String: LocalizedText] = handles.merging(consent) { $1 }.merging(messages) { $1 }
        .merging(events) { $1 }

    private static let handles: [String: LocalizedText] = [
        "phone": LocalizedText(en: "phone number", es: "teléfono"),
        "email": LocalizedText(en: "e-mail address", es: "correo electrónico"),
        "bsuid": LocalizedText(en: "WhatsApp user id", es: "identificador de WhatsApp"),
        "parent_bsuid": LocalizedText(
            en: "WhatsApp user id (group of companies)", es: "identificador de WhatsApp (grupo de empresas)"),
        "webhook": LocalizedText(en: "a message", es: "un mensaje"),
        "system_message": LocalizedText(en: "WhatsApp said so", es: "lo indicó WhatsApp"),
        "contact_request": LocalizedText(en: "shared when asked", es: "compartido a petición"),
        "person": LocalizedText(en: "written down by staff", es: "anotado por el personal"),
        "import": LocalizedText(en: "an imported list", es: "una lista importada"),
        "crm": LocalizedText(en: "the CRM", es: "el CRM"),
        "rule": LocalizedText(en: "a rule", es: "una regla"),
        "api": LocalizedText(en: "a program of the company", es: "un programa de la empresa"),
        "blocked": LocalizedText(en: "blocked", es: "bloqueado"),
        "complaint": LocalizedText(en: "complaint open", es: "queja abierta"),
        "do_not_call": LocalizedText(en: "do not call", es: "no llamar"),
    ]

    private static let consent: [String: LocalizedText] = [
        "service": LocalizedText(en: "answers", es: "respuestas"),
        "utility": LocalizedText(en: "notices", es: "avisos"),
        "marketing": LocalizedText(en: "promotions", es: "promociones"),
        "granted": LocalizedText(en: "agreed", es: "aceptado"),
        "withdrawn": LocalizedText(en: "withdrawn", es: "retirado"),
        "requested": LocalizedText(en: "asked for", es: "solicitado"),
        "declined": LocalizedText(en: "declined", es: "rechazado"),
        "expired": LocalizedText(en: "expired", es: "caducado"),
        "waiting": LocalizedText(en: "waiting", es: "en espera"),
        "form": LocalizedText(en: "a form", es: "un formulario"),
        "message": LocalizedText(en: "a message", es: "un mensaje"),
        "meta": LocalizedText(en: "WhatsApp", es: "WhatsApp"),
        "staff": LocalizedText(en: "staff", es: "el personal"),
        "opt_in": LocalizedText(en: "the answer to a question", es: "la respuesta a una pregunta"),
        "merge": LocalizedText(en: "two contacts became one", es: "dos contactos se unieron"),
    ]

    private static let messages: [String: LocalizedText] = [
        "received": LocalizedText(en: "received", es: "recibido"),
        "queued": LocalizedText(en: "waiting to be sent", es: "por enviar"),
        "sending": LocalizedText(en: "being sent", es: "enviándose"),
        "uncertain": LocalizedText(en: "perhaps sent", es: "quizá enviado"),
        "refused": LocalizedText(en: "not sent", es: "no enviado"),
        "accepted": LocalizedText(en: "handed to WhatsApp", es: "entregado a WhatsApp"),
        "sent": LocalizedText(en: "sent", es: "enviado"),
        "failed": LocalizedText(en: "failed", es: "fallido"),
        "delivered": LocalizedText(en: "delivered", es: "entregado"),
        "read": LocalizedText(en: "read", es: "leído"),
        "played": LocalizedText(en: "played", es: "reproducido"),
    ]

    private static let events: [String: LocalizedText] = [
        "contact.seen": LocalizedText(en: "looked at it", es: "lo consultó"),
        "contact.exported": LocalizedText(en: "asked for this copy", es: "pidió una copia"),
        "contact.export_taken": LocalizedText(en: "took the copy", es: "descargó la copia"),
        "contact.erased_in_crm": LocalizedText(en: "erased it in the CRM", es: "lo borró en el CRM"),
        "consent.recorded": LocalizedText(en: "wrote down consent", es: "anotó el consentimiento"),
        "consent.asked": LocalizedText(en: "asked for consent", es: "pidió el consentimiento"),
        "merged": LocalizedText(en: "joined two contacts", es: "unió dos contactos"),
        "merge_undone": LocalizedText(en: "made two contacts of one", es: "separó dos contactos"),
        "owner": LocalizedText(en: "took or gave the conversation", es: "tomó o cedió la conversación"),
        "closed": LocalizedText(en: "closed the conversation", es: "cerró la conversación"),
        "reopened": LocalizedText(en: "reopened the conversation", es: "reabrió la conversación"),
        "edit": LocalizedText(en: "edit", es: "edición"),
        "bulk": LocalizedText(en: "action on many", es: "acción sobre muchos"),
        "contact": LocalizedText(en: "name and note", es: "nombre y nota"),
        "handle": LocalizedText(en: "number or address", es: "número o dirección"),
        "contact_label": LocalizedText(en: "label", es: "etiqueta"),
        "label_rule_exemption": LocalizedText(en: "label that rules leave off", es: "etiqueta que las reglas no ponen"),
        "contact_field": LocalizedText(en: "field", es: "campo"),
        "contact_state": LocalizedText(en: "special state", es: "estado especial"),
        "consent": LocalizedText(en: "consent", es: "consentimiento"),
        "consent_entry": LocalizedText(en: "entry of consent", es: "anotación de consentimiento"),
        "conversation": LocalizedText(en: "conversation", es: "conversación"),
        "remote_ref": LocalizedText(en: "record in another system", es: "ficha en otro sistema"),
    ]
}
