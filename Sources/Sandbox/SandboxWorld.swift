import AsyncHTTPClient
import Domain
import Logging
import Synchronization

/// All parts of one sandbox, wired.
final class SandboxWorld: Sendable {
    let configuration: SandboxConfiguration
    let clock: SandboxClock
    let timetable: Timetable
    let faults: FaultPlan
    let office: WebhookOffice
    let cloudAPI: CloudAPI
    let hubSpot: HubSpot
    let ownSystem: OwnSystem
    let zoho: Zoho
    let odoo: Odoo
    let salesforce: Salesforce
    let customers: SimulatedCustomers
    let loads: LoadGenerator
    private let answers = Mutex<[Fault.Target: [Int: Int]]>([:])

    init(configuration: SandboxConfiguration, client: HTTPClient, logger: Logger) {
        self.configuration = configuration
        clock = SandboxClock()
        timetable = Timetable(clock: clock)
        faults = FaultPlan(vendorLimits: configuration.enforcesVendorLimits, seed: configuration.seed)
        let parts = WebhookParts(
            client: client, clock: clock, timetable: timetable, settings: configuration.webhooks, logger: logger)
        office = WebhookOffice(parts: parts, faults: faults) { Self.framing(for: $0, configuration) }
        cloudAPI = CloudAPI(
            configuration: configuration, clock: clock, timetable: timetable, faults: faults, office: office)
        hubSpot = HubSpot(configuration: configuration, clock: clock, faults: faults, office: office)
        ownSystem = OwnSystem(configuration: configuration, clock: clock, faults: faults)
        zoho = Zoho(configuration: configuration, clock: clock, faults: faults, office: office)
        odoo = Odoo(configuration: configuration, clock: clock, faults: faults, office: office)
        salesforce = Salesforce(configuration: configuration, clock: clock, faults: faults)
        customers = SimulatedCustomers(cloud: cloudAPI, timetable: timetable, configuration: configuration)
        loads = LoadGenerator(cloud: cloudAPI, office: office)
    }

    var controls: Controls { Controls(world: self) }

    var hostAndPort: String { String(cloudAPI.origin.dropFirst("http://".count)) }

    /// Counts an answer for the summary, and hands it on.
    func count(_ answer: Answer, for target: Fault.Target) -> Answer {
        answers.withLock { $0[target, default: [:]][answer.status, default: 0] += 1 }
        return answer
    }

    /// Begins once the sandbox listens at `origin`.
    func start(at origin: String) {
        cloudAPI.origin = origin
        office.setCallbacks(configuration.callbacks, of: Set(SandboxCallback.Sender.allCases))
        customers.start()
    }

    /// Everything as at the start, but for the callbacks: those stay.
    func reset() {
        loads.stop()
        timetable.reset()
        clock.reset()
        faults.reset()
        office.reset()
        office.limit(updatesPerPost: configuration.webhooks.updatesPerPost)
        cloudAPI.reset()
        hubSpot.reset()
        ownSystem.reset()
        zoho.reset()
        odoo.reset()
        salesforce.reset()
        answers.withLock { $0 = [:] }
        customers.reset()
    }

    /// The parts that work by themselves, until the task is cancelled.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.timetable.run() }
            group.addTask { await self.office.run() }
            group.addTask { await self.loads.run() }
        }
    }

    func answerCounts(of target: Fault.Target) -> JSON {
        var counts = JSONObject()
        for (status, count) in answers.withLock({ $0[target] ?? [:] }).sorted(by: { $0.key < $1.key }) {
            counts.append(String(status), JSON(count))
        }
        return .object(counts)
    }

    private static func framing(
        for sender: SandboxCallback.Sender, _ configuration: SandboxConfiguration
    ) -> WebhookFraming {
        switch sender {
        case .whatsapp: .meta(appSecret: configuration.appSecret, wabaID: configuration.wabaID)
        case .hubspot: .hubSpot(secret: configuration.hubSpotSecret)
        case .own: .standard(secret: OwnSystem.key(of: configuration.ownSystemSecret))
        case .zoho: .zoho
        case .odoo: .odoo
        }
    }
}
