import CRM
import Domain
import Logging
import Store

/// Tells people in time that a CRM's credentials end: by the day that the configuration says, and by what the CRM says itself.
/// Runs beside the courier, on the node that holds the lane.
struct CRMCredentials {
    private static let every: Duration = .hours(6)

    let courier: CRMCourier
    let grip: LaneGrip

    private var context: CourierContext { courier.context }

    /// Until the task is cancelled, or the lane lost.
    func run() async {
        while !Task.isCancelled, context.lease.mayAct {
            do {
                try await context.store.tellOfCredentials(await sentence(), grip: grip)
                try await Task.sleep(for: Self.every)
            } catch is LaneLost {
                return
            } catch is CancellationError {
                return
            } catch {
                context.logger.error("an alarm could not be written", metadata: ["error": "\(error)"])
                await pause(for: .minutes(1))
            }
        }
    }

    private func sentence() async -> LocalizedText? {
        let ends = [courier.settings.credentialEnds, await vendorsDay()].compactMap(\.self).min()
        guard let ends, let today = CivilDate(context.store.now()) else { return nil }
        let name = CRMName.shown(courier.account.slug, kind: courier.account.kind)
        return CredentialTerm(ends: ends, today: today).sentence(
            of: name, ends: ends, isInFile: courier.account.isProvisioned)
    }

    private func vendorsDay() async -> CivilDate? {
        do {
            return try await courier.connector.credentialEnd()
        } catch {
            // What is wrong with the connection is said by those who work with it.
            context.logger.debug(
                "a CRM does not say when its credentials end",
                metadata: ["connector": "\(courier.account.slug)", "code": "\(error.code)"])
            return nil
        }
    }
}
