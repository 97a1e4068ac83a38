import Console
import Domain
import Pipeline

extension Readiness {
    /// What a person must know of while it lasts, drawn from this process: it is said also when nothing can be written.
    var alarms: [StandingAlarm] {
        let intake = intake.trouble.map { StandingAlarm(kind: .intakeRefusing, text: $0.advice, url: "/ledger") }
        let replication = database.replicationWarning.map {
            StandingAlarm(kind: .replicationMissing, text: $0, url: "/connections")
        }
        return [intake, mediaDisk, replication, refusedCertificate, endingCertificate].compactMap(\.self)
    }

    /// Nil where the database's disk is meant, which is the same then as a rule.
    private var mediaDisk: StandingAlarm? {
        guard intake.trouble != .diskNearlyFull else { return nil }
        return media.warning.map { StandingAlarm(kind: .mediaDiskFull, text: $0, url: "/dead-letters") }
    }

    private var refusedCertificate: StandingAlarm? {
        guard let certificate, let why = certificate.refusal?.message else { return nil }
        let ends = certificate.current.ends.text
        return StandingAlarm(
            kind: .certificateRefused,
            text: LocalizedText(
                en:
                    "The certificate's files cannot be used: \(why.en) The old certificate is served on, until \(ends).",
                es:
                    "No se pueden usar los archivos del certificado: \(why.es) Se sigue usando el anterior, hasta \(ends)."
            ),
            url: "/connections")
    }

    private var endingCertificate: StandingAlarm? {
        certificateTerm?.advice.map { StandingAlarm(kind: .certificateEnding, text: $0, url: "/connections") }
    }
}

extension String {
    fileprivate static let intakeRefusing = "intake_refusing"
    fileprivate static let mediaDiskFull = "media_disk_full"
    fileprivate static let replicationMissing = "replication_missing"
    fileprivate static let certificateRefused = "certificate_refused"
    fileprivate static let certificateEnding = "certificate_ending"
}

extension CertificateTerm {
    /// Nil while there is time.
    fileprivate var advice: LocalizedText? {
        switch self {
        case .good: nil
        case .ending(let days):
            LocalizedText(
                en:
                    "The certificate ends \(CertificateTerm.phrase(days: days).en): renew it, or look why its renewal failed.",
                es:
                    "El certificado caduca \(CertificateTerm.phrase(days: days).es): renuévelo o revise por qué falló su renovación."
            )
        case .ended:
            LocalizedText(
                en:
                    "The certificate has ended: Meta and browsers refuse the connection. Renew it; no restart is needed.",
                es:
                    "El certificado ha caducado: Meta y los navegadores rechazan la conexión. Renuévelo; no hace falta reiniciar."
            )
        case .notBegun:
            LocalizedText(
                en: "The certificate is not valid yet: look at this machine's clock.",
                es: "El certificado aún no es válido: revise el reloj de esta máquina.")
        }
    }
}

extension IntakeTrouble {
    var advice: LocalizedText {
        switch self {
        case .diskNearlyFull:
            LocalizedText(
                en:
                    "The disk is nearly full: no webhooks are taken. Make room on it; Meta keeps what comes meanwhile and "
                    + "sends it again for days.",
                es:
                    "El disco está casi lleno: no se aceptan webhooks. Libere espacio; Meta guarda lo que llegue mientras "
                    + "tanto y lo repite durante días.")
        case .commitsFail:
            LocalizedText(
                en:
                    "What arrives cannot be stored: the disk is full, or the database does not answer. Look at both; Meta "
                    + "keeps what comes meanwhile and sends it again for days.",
                es:
                    "No se puede guardar lo que llega: el disco está lleno o la base de datos no responde. Revise ambos; "
                    + "Meta guarda lo que llegue mientras tanto y lo repite durante días.")
        }
    }
}
