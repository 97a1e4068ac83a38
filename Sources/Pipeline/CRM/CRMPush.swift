import CRM
import Domain
import Logging
import Store

/// Keeps the channel open through which a CRM tells of changes, where it has one that lapses. Runs beside the courier, on the
/// node that holds the lane. What was not told of is found by the sweep.
struct CRMPush {
    /// A wait for a moment that has come already, or nearly.
    private static let shortestWait: Duration = .seconds(1)

    let courier: CRMCourier
    let grip: LaneGrip
    private var trouble = PushTrouble()

    init(courier: CRMCourier, grip: LaneGrip) {
        self.courier = courier
        self.grip = grip
    }

    private var context: CourierContext { courier.context }
    private var connector: any Connector { courier.connector }

    /// Until the task is cancelled, the lane lost, or there is nothing to keep open.
    mutating func run() async {
        while !Task.isCancelled, context.lease.mayAct {
            do {
                try await courier.standBack(reserving: CRMSweep.reserve)
                guard let next = try await keep() else { return }
                trouble.end()
                try await Task.sleep(for: max(next - context.store.now(), Self.shortestWait))
            } catch is LaneLost {
                return
            } catch let failure as CallFailure {
                await rest(after: failure)
            } catch is CancellationError {
                return
            } catch {
                context.logger.error("a CRM's channel could not be noted", metadata: ["error": "\(error)"])
                await pause(for: .seconds(5))
            }
        }
    }

    /// Asked at each start: the address or the secret may be another one.
    /// - Returns: when to ask again; nil when there is nothing to keep open.
    private func keep() async throws -> Timestamp? {
        guard let url = courier.webhookURL, connector.capabilities.push else { return try await close() }
        let next = try await connector.keepPush(to: url, now: context.store.now())
        try await context.store.notePush(renewal: next, grip: grip)
        return next
    }

    /// Nobody can be told any more: there is no public address, or no secret to know the CRM by.
    private func close() async throws -> Timestamp? {
        if try await context.store.pushRenewal(grip) != nil { try await connector.endPush() }
        try await context.store.notePush(renewal: nil, grip: grip)
        return nil
    }

    private mutating func rest(after failure: CallFailure) async {
        let answer = trouble.note(failure, now: context.store.now())
        context.logger.warning(
            "a CRM's channel could not be kept open",
            metadata: ["connector": "\(courier.account.slug)", "code": "\(failure.code)"])
        // Not the whole account for a permission that is missing here alone: a dead token is found by what needs it.
        if case .throttled = failure.kind {
            await context.pauses.add(failure, keys: courier.pauseKeys, in: courier.account.workspace)
        }
        if answer.tellsPeople { await tell(of: failure) }
        await pause(for: answer.wait)
    }

    private func tell(of failure: CallFailure) async {
        let name = CRMName.shown(courier.account.slug, kind: courier.account.kind)
        do {
            try await context.store.raisePushAlarm(.pushIsClosed(name, failure.advice), grip: grip)
        } catch is LaneLost {
            // Whoever has the lane now sees for itself.
        } catch {
            context.logger.warning("an alarm could not be written", metadata: ["error": "\(error)"])
        }
    }
}

extension CRMCourier {
    /// Where the CRM calls us; nil without a public address.
    fileprivate var webhookURL: String? { settings.publicURL.map { "\($0)/webhooks/crm/\(account.slug)" } }
}

extension LocalizedText {
    fileprivate static func pushIsClosed(_ name: String, _ advice: LocalizedText) -> LocalizedText {
        LocalizedText(
            en: "\(name) does not tell of changes at once; they are read every few minutes. \(advice.en)",
            es: "\(name) no avisa de los cambios al instante; se leen cada pocos minutos. \(advice.es)")
    }
}
