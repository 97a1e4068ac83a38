import Domain
import Pipeline
import Store
import Synchronization

/// Whether this node may be given webhooks, and why not.
final class Readiness: Sendable {
    private let hasJoined = Mutex(false)
    let intake: IntakeLog
    let database: DatabaseWatch
    /// Nil where a proxy does TLS.
    let certificate: LiveCertificate?
    let media: MediaDisk
    private let connections: ConnectionWatch
    private let now: @Sendable () -> Timestamp

    init(
        intake: IntakeLog, database: DatabaseWatch, certificate: LiveCertificate?, media: MediaDisk,
        connections: ConnectionWatch, now: @escaping @Sendable () -> Timestamp
    ) {
        self.intake = intake
        self.database = database
        self.certificate = certificate
        self.media = media
        self.connections = connections
        self.now = now
    }

    /// The node has its number and its lease.
    func join() { hasJoined.withLock { $0 = true } }

    var problems: [ReadinessProblem] {
        var problems = database.problems()
        if !hasJoined.withLock({ $0 }) { problems.append(.notJoined) }
        if intake.isRefusing { problems.append(.intakeRefuses) }
        if intake.trouble == .commitsFail { problems.append(.intakeFails) }
        if certificateTerm == .ended { problems.append(.certificateEnded) }
        return problems
    }

    /// What is wrong with CRM connections. Webhooks are taken all the same and what is meant for a CRM waits for it, on any
    /// node: no reason to send nobody here.
    var warnings: [ConnectionAlarm] { connections.alarms }

    /// Of the certificate that is served; nil where a proxy does TLS.
    var certificateTerm: CertificateTerm? { certificate?.current.term(at: now()) }
}

/// Why a node is not ready.
struct ReadinessProblem: Equatable, Sendable {
    /// For programs.
    let code: String
    let text: LocalizedText

    static let notJoined = ReadinessProblem(
        code: "not_joined",
        text: LocalizedText(
            en: "The node has not taken its lease yet.", es: "El nodo aún no ha tomado su plaza."))
    static let intakeRefuses = ReadinessProblem(
        code: "intake_refuses",
        text: LocalizedText(
            en: "Intake refuses webhooks: the disk is nearly full, or the server is ending. Meta sends them again.",
            es: "La recepción rechaza webhooks: el disco está casi lleno o el servidor termina. Meta los repite."))
    static let intakeFails = ReadinessProblem(code: "intake_fails", text: IntakeTrouble.commitsFail.advice)
    static let databaseAway = ReadinessProblem(
        code: "database_away",
        text: LocalizedText(en: "The database cannot be reached.", es: "La base de datos no responde."))
    static let certificateEnded = ReadinessProblem(
        code: "certificate_ended",
        text: LocalizedText(
            en: "The certificate has ended: Meta and browsers refuse the connection.",
            es: "El certificado ha caducado: Meta y los navegadores rechazan la conexión."))

    static func replicationMissing(_ warning: LocalizedText) -> ReadinessProblem {
        ReadinessProblem(code: "replication_missing", text: warning)
    }
}
