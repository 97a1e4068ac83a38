import Domain
import Pipeline
import Synchronization

/// Whether this node may be given webhooks, and why not.
final class Readiness: Sendable {
    private let hasJoined = Mutex(false)
    private let intake: IntakeLog
    private let database: DatabaseWatch

    init(intake: IntakeLog, database: DatabaseWatch) {
        self.intake = intake
        self.database = database
    }

    /// The node has its number and its lease.
    func join() { hasJoined.withLock { $0 = true } }

    var problems: [ReadinessProblem] {
        var problems = database.problems()
        if !hasJoined.withLock({ $0 }) { problems.append(.notJoined) }
        if intake.isRefusing { problems.append(.intakeRefuses) }
        return problems
    }
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
    static let databaseAway = ReadinessProblem(
        code: "database_away",
        text: LocalizedText(en: "The database cannot be reached.", es: "La base de datos no responde."))

    static func replicationMissing(_ warning: LocalizedText) -> ReadinessProblem {
        ReadinessProblem(code: "replication_missing", text: warning)
    }
}
