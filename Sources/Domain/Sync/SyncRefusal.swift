/// Why a value stays where it is, though it should have gone to the other side.
package enum SyncRefusal: String, Codable, CaseIterable, Sendable {
    /// The CRM's value is nothing that Puente's field can hold.
    case unreadable
    /// Puente's value cannot be written the way that the mapping asks for.
    case unwritable
    case tooLong = "too_long"
    /// Another contact has this number or address.
    case heldByOther = "held_by_other"
    /// WhatsApp itself knows the person by the number that is there.
    case knownByWhatsApp = "known_by_whatsapp"
    case erased
    case tooManyLabels = "too_many_labels"
    /// The person said no, and a CRM's yes does not lift that.
    case optedOut = "opted_out"
    /// Consent that was given or withdrawn cannot be unsaid.
    case notUnsaid = "not_unsaid"
    case notTaken = "not_taken"
    /// No one colleague of the CRM's has this e-mail address.
    case noSuchUser = "no_such_user"
    /// The CRM does not let its field be written.
    case notWritable = "not_writable"
    /// The two fields do not belong together any more.
    case notMapped = "not_mapped"
    /// There is no such contact any more.
    case gone
    /// Puente filled a blank of the CRM's: emptied with everything else, it would be gone here, too.
    case filledBlank = "filled_blank"
    /// The value went over again and again, and was undone each time.
    case unsettled
    /// The row only tells the CRM: what is put back there would be told anew.
    case toldAnew = "told_anew"

    /// Whether it is Puente's value that cannot go over, and not the CRM's.
    package var isOfOurs: Bool {
        switch self {
        case .unwritable, .noSuchUser, .notWritable: true
        case .unreadable, .tooLong, .heldByOther, .knownByWhatsApp, .erased, .tooManyLabels, .optedOut, .notUnsaid,
            .notTaken, .notMapped, .gone, .filledBlank, .unsettled, .toldAnew:
            false
        }
    }

    package var sentence: LocalizedText {
        switch self {
        case .unreadable:
            LocalizedText(
                en: "The value does not fit into Puente's field.", es: "El valor no cabe en el campo de Puente.")
        case .unwritable:
            LocalizedText(
                en: "Puente's value cannot be written the way that the mapping asks for.",
                es: "El valor de Puente no puede escribirse como pide la correspondencia.")
        case .tooLong:
            LocalizedText(en: "The value is too long for Puente's field.", es: "El valor es demasiado largo.")
        case .heldByOther:
            LocalizedText(
                en: "Another contact has this number or address. If both are one person, merge them.",
                es: "Otro contacto tiene ese número o esa dirección. Si son la misma persona, fusiónelos.")
        case .knownByWhatsApp:
            LocalizedText(
                en: "WhatsApp knows the person by another number, and only WhatsApp can change that.",
                es: "WhatsApp conoce a esta persona por otro número, y solo WhatsApp puede cambiarlo.")
        case .erased:
            LocalizedText(
                en: "Somebody with this number or address was erased at their wish.",
                es: "Alguien con este número o dirección se borró a petición suya.")
        case .tooManyLabels:
            LocalizedText(
                en: "There are as many labels as there can be.", es: "Ya hay tantas etiquetas como puede haber.")
        case .optedOut:
            LocalizedText(
                en: "The person said no. Only their own word lifts that, or one that was written down with its words.",
                es: "La persona dijo que no. Solo lo levanta su propia palabra, o una anotada con sus palabras.")
        case .notUnsaid:
            LocalizedText(
                en: "What somebody said about consent is added to, and not taken back.",
                es: "Lo que alguien dijo sobre el consentimiento se amplía, y no se retira.")
        case .notTaken:
            LocalizedText(
                en: "Puente knows this from WhatsApp and takes it from nobody.",
                es: "Puente lo sabe por WhatsApp y no lo toma de nadie.")
        case .noSuchUser:
            LocalizedText(
                en:
                    "The CRM has no colleague with this e-mail address, or does not say who they are: there the owner stays as it is.",
                es:
                    "En el CRM no hay nadie con ese correo electrónico, o no dice quiénes son: allí el propietario se queda como está."
            )
        case .notWritable:
            LocalizedText(
                en: "The CRM does not let this field be written.", es: "El CRM no permite escribir este campo.")
        case .notMapped:
            LocalizedText(
                en: "The field is not mapped any more. Map it again, and put it back then.",
                es: "El campo ya no está en la correspondencia. Vuelva a incluirlo y deshaga después.")
        case .gone:
            LocalizedText(en: "The contact is not there any more.", es: "El contacto ya no existe.")
        case .filledBlank:
            LocalizedText(
                en:
                    "The CRM said nothing here, and to empty it would empty Puente's field, too. Put this change back by itself if that is meant.",
                es:
                    "El CRM no decía nada aquí, y vaciarlo vaciaría también el campo de Puente. Si es lo que quiere, deshaga ese cambio por separado."
            )
        case .unsettled:
            LocalizedText(
                en:
                    "The value went over ten times within a day and was undone each time: by another CRM, or by a rule in this one. The field rests. Look at who else changes it, then choose a value.",
                es:
                    "El valor pasó diez veces en un día y cada vez se deshizo: por otro CRM o por una regla de este. El campo descansa. Mire quién más lo cambia y elija después un valor."
            )
        case .toldAnew:
            LocalizedText(
                en:
                    "The row only tells the CRM: Puente would write its value there again at once. Change the value in Puente instead.",
                es:
                    "La fila solo informa al CRM: Puente volvería a escribir allí su valor enseguida. Cambie el valor en Puente."
            )
        }
    }
}
