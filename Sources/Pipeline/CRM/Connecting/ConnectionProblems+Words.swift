import Domain

/// What is wrong with a value that somebody typed or pasted.
extension LocalizedText {
    static let missing = LocalizedText(en: "This is needed.", es: "Hace falta este dato.")
    static let typeAgain = LocalizedText(
        en: "The address is another than before: type this again.",
        es: "La dirección es otra que antes: escriba esto de nuevo.")
    static let tooLong = LocalizedText(en: "This is too long.", es: "Es demasiado largo.")
    static let oneWay = LocalizedText(
        en: "Leave this empty with a user name and a private key: there is one way to sign in.",
        es: "Déjelo vacío si hay usuario y clave privada: hay una sola forma de acceso.")
    static let oneWayToHubSpot = LocalizedText(
        en: "Leave this empty with a refresh token, which gives the access tokens.",
        es: "Déjelo vacío si hay un refresh token, que da los tokens de acceso.")
    /// Why a code gave no refresh token. Where nobody knows whether it was used, it may be.
    static func notExchanged(_ failure: CallFailure) -> LocalizedText {
        switch failure.kind {
        case .accountWide, .permanent: failure.advice
        case .transient, .throttled, .unreachable, .unknown:
            LocalizedText(
                en: """
                    The code could not be exchanged just now (\(failure.vendorText)). Try again; if it is refused, make a new \
                    one.
                    """,
                es: """
                    Ahora no se pudo canjear el código (\(failure.vendorText)). Pruebe de nuevo; si se rechaza, genere \
                    otro.
                    """)
        }
    }

    static let authoriseFirst = LocalizedText(
        en: "Open the authorisation address above, choose the account, and paste the code that comes back.",
        es: "Abra la dirección de autorización de arriba, elija la cuenta y pegue el código que vuelve.")
    static let noAddress = LocalizedText(
        en: "This is no web address: it begins with https:// and names a host.",
        es: "No es una dirección web: empieza por https:// y nombra un servidor.")
    static let noWord = LocalizedText(
        en: "This has spaces or letters that cannot be in it: copy it again, without anything around it.",
        es: "Tiene espacios o letras que no puede tener: cópielo de nuevo, sin nada alrededor.")
    static let noKey = LocalizedText(
        en: """
            This is not the PEM of an RSA key of 2048 bits or more: copy the whole file, with its first and last line.
            """,
        es: """
            No es el PEM de una clave RSA de 2048 bits o más: copie el archivo entero, con la primera y la última línea.
            """)
    static let noDataCenter = LocalizedText(
        en: "Choose one of Zoho's data centres.", es: "Elija uno de los centros de datos de Zoho.")
    static let noWebhookSecret = LocalizedText(
        en: "Use 16 to 200 letters, digits, hyphens and underscores.",
        es: "Use de 16 a 200 letras, cifras, guiones y guiones bajos.")
    static let noSigningSecret = LocalizedText(
        en: "This is written whsec_ and the base64 of 24 to 64 random bytes.",
        es: "Se escribe whsec_ y el base64 de 24 a 64 bytes al azar.")
    static let noDay = LocalizedText(
        en: "Write a day like 2027-03-31.", es: "Escriba un día como 2027-03-31.")
    static let noTier = LocalizedText(
        en: "Choose standard, enterprise, or none.", es: "Elija estándar, enterprise o ninguno.")
    static let noSweepSpan = LocalizedText(
        en: "Write from 10s to 1d, such as 30s, 5m or 1h.", es: "Escriba de 10s a 1d, como 30s, 5m o 1h.")
    static let noCompareSpan = LocalizedText(
        en: "Write from 10s to 90d, such as 12h or 7d.", es: "Escriba de 10s a 90d, como 12h o 7d.")
    static let noBatchSize = LocalizedText(en: "Write a number from 1 to 100.", es: "Escriba un número de 1 a 100.")
    static let noCallRate = LocalizedText(en: "Write a number from 1 to 1000.", es: "Escriba un número de 1 a 1000.")
}
