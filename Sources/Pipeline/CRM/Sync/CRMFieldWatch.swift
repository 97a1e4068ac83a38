import CRM
import Domain
import Logging
import Store

/// Tells people when a CRM does not have a field any more that is mapped, whether anybody changes a value of it or not. Its
/// rows rest until it is back. Asks as often as changes are read, beside the courier, on the node that holds the lane.
struct CRMFieldWatch {
    let courier: CRMCourier
    let grip: LaneGrip
    let preparation: CRMPreparation

    private var context: CourierContext { courier.context }

    /// Until the task is cancelled or the lane lost.
    func run() async {
        guard !courier.connector.capabilities.takesAnyField else { return }
        while !Task.isCancelled, context.lease.mayAct {
            do {
                while !preparation.letsJobsPass { try await Task.sleep(for: .seconds(1)) }
                try await courier.standBack(reserving: CRMSweep.reserve)
                try await look()
                try await Task.sleep(for: courier.settings.sweepEvery)
            } catch is LaneLost {
                return
            } catch is CancellationError {
                return
            } catch let failure as CallFailure {
                // What is wrong with the connection is said by those who work with it.
                context.logger.debug(
                    "the fields of a CRM could not be read",
                    metadata: ["connector": "\(courier.account.slug)", "code": "\(failure.code)"])
                await pause(for: courier.settings.sweepEvery)
            } catch {
                context.logger.error("an alarm could not be written", metadata: ["error": "\(error)"])
                await pause(for: .seconds(30))
            }
        }
    }

    private func look() async throws {
        let fields = try await courier.connector.fields()
        // Whoever describes nothing has not said what is there.
        guard !fields.isEmpty else { return }
        let mapped = try await courier.keptMapping()?.remoteNames ?? []
        let missing = mapped.filter { name in !fields.contains { $0.name == name } }
        courier.missing.names = Set(missing)
        let hasChanged = try await context.store.tellOfMissingFields(
            missing.isEmpty ? nil : .fieldsAreMissing(missing, at: courier.shownName), grip: grip)
        guard hasChanged else { return }
        context.logger.notice(
            "mapped fields came back to a CRM, or went", metadata: ["connector": "\(courier.account.slug)"])
        context.wakeBoard.ring(.lane(grip.lane))
        context.changes.publish(.connections, in: courier.account.workspace)
    }
}

extension LocalizedText {
    private static let shownNames = 5

    /// - Parameter names: of the CRM's fields, at least one.
    static func fieldsAreMissing(_ names: [String], at crm: String) -> LocalizedText {
        let (shown, more) = (names.prefix(shownNames), names.count - shownNames)
        let en = shown.map { "“\($0)”" }.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
        let es = shown.map { "«\($0)»" }.joined(separator: ", ") + (more > 0 ? " y \(more) más" : "")
        guard names.count > 1 else {
            return LocalizedText(
                en: """
                    \(crm) lacks the mapped field \(en), or hides it: nothing is told or taken there until it is back. Create \
                    it there again, or change the mapping.
                    """,
                es: """
                    A \(crm) le falta el campo asignado \(es), o lo oculta: allí no se envía ni se toma nada hasta que vuelva. \
                    Créelo allí de nuevo o cambie la asignación.
                    """)
        }
        return LocalizedText(
            en: """
                \(crm) lacks the mapped fields \(en), or hides them: nothing is told or taken there until they are back. \
                Create them there again, or change the mapping.
                """,
            es: """
                A \(crm) le faltan los campos asignados \(es), o los oculta: allí no se envía ni se toma nada hasta que \
                vuelvan. Créelos allí de nuevo o cambie la asignación.
                """)
    }
}
