import Domain
import Synchronization

/// Customers who write by themselves, read what they are answered, press buttons, and come back with something else
/// after a while.
final class SimulatedCustomers: Sendable {
    private let cloud: CloudAPI
    private let timetable: Timetable
    private let pace: Int64
    private let count: Int
    private let seed: UInt64
    private let customers = Mutex<[String: SimulatedCustomer]>([:])

    init(cloud: CloudAPI, timetable: Timetable, configuration: SandboxConfiguration) {
        self.cloud = cloud
        self.timetable = timetable
        pace = configuration.customerPace.wholeMilliseconds
        count = min(max(0, configuration.customers), 10_000)
        seed = configuration.seed
    }

    private var businessDigits: String { cloud.configuration.numbers.first?.digits ?? "" }

    /// Lets them begin, one after another.
    func start() {
        guard count > 0 else { return }
        cloud.listen { [weak self] message, customer in self?.hear(message, customer) }
        for index in 0..<count {
            let person = SimulatedCustomer(index: index, seed: seed)
            customers.withLock { $0[person.phone] = person }
            // The first few write at once, so that a demo does not begin with an empty page.
            let wait = index < 3 ? Int64(index) * 400 : pace * Int64(index) / 3
            plan(person.phone, after: wait, epoch: 0) { $0.proceed($1) }
        }
    }

    func reset() {
        customers.withLock { $0 = [:] }
        start()
    }

    var json: JSON { JSON(customers.withLock { $0.count }) }

    /// Does something later, unless something else has happened to this person by then.
    private func plan(
        _ phone: String, after wait: Int64, epoch: Int,
        _ action: @escaping @Sendable (SimulatedCustomers, String) -> Void
    ) {
        timetable.schedule(after: wait) { [weak self] in
            guard let self, customers.withLock({ $0[phone]?.epoch }) == epoch else { return }
            action(self, phone)
        }
    }

    private func with<Result: Sendable>(
        _ phone: String, _ change: (inout SimulatedCustomer) -> Result
    ) -> Result? {
        customers.withLock { customers -> Result? in
            guard var person = customers[phone] else { return nil }
            defer { customers[phone] = person }
            return change(&person)
        }
    }

    /// Carries out the next step and plans what follows it.
    private func proceed(_ phone: String) {
        let next: (step: Scenario.Step?, wait: Int64, epoch: Int)? = with(phone) { person in
            guard let step = person.currentStep else {
                person.touch()
                return (nil, person.wait(around: pace * 20), person.epoch)
            }
            if step == .awaitAnswer { person.wait() } else { person.advance() }
            return (step, person.wait(around: step == .awaitAnswer ? pace * 8 : pace / 3), person.epoch)
        }
        guard let next else { return }
        switch next.step {
        case nil: plan(phone, after: next.wait, epoch: next.epoch) { $0.beginAnother($1) }
        case .awaitAnswer?: plan(phone, after: next.wait, epoch: next.epoch) { $0.losePatience($1) }
        case let step?:
            if let draft = InboundDraft(step, answering: nil) { write(draft, phone) }
            plan(phone, after: next.wait, epoch: next.epoch) { $0.proceed($1) }
        }
    }

    private func losePatience(_ phone: String) {
        _ = with(phone) { $0.advance() }
        proceed(phone)
    }

    private func beginAnother(_ phone: String) {
        _ = with(phone) { $0.beginAnother() }
        proceed(phone)
    }

    private func write(_ draft: InboundDraft, _ phone: String) {
        guard let number = cloud.configuration.numbers.first else { return }
        let person = customers.withLock { $0[phone] }
        _ = cloud.receive(draft, from: phone, number: number) { customer in
            guard let person else { return }
            customer.name = person.name
            customer.identity = person.identity
            customer.behaviour.reads = true
        }
    }

    /// The business has written: read it, think, and answer if an answer is due.
    private func hear(_ message: SentMessage, _ customer: Customer) {
        let phone = customer.phone
        guard customers.withLock({ $0[phone] }) != nil else { return }
        let quickReplies = cloud.quickReplies(of: message)
        let planned: (wait: Int64, epoch: Int)? =
            with(phone) { person -> (wait: Int64, epoch: Int)? in
                let press = InboundDraft(
                    pressing: message, quickReplies: quickReplies, business: businessDigits, using: &person.random)
                let isDue = press != nil || person.isWaiting || (person.currentStep == nil && !person.hasSaidThanks)
                guard isDue, message.type != "reaction" else { return nil }
                person.touch()
                return (person.wait(around: pace / 2), person.epoch)
            } ?? nil
        guard let planned else { return }
        plan(phone, after: planned.wait, epoch: planned.epoch) { $0.answer(message, quickReplies, $1) }
    }

    private func answer(_ message: SentMessage, _ quickReplies: [JSON], _ phone: String) {
        let draft: InboundDraft? =
            with(phone) { person -> InboundDraft? in
                if let press = InboundDraft(
                    pressing: message, quickReplies: quickReplies, business: businessDigits, using: &person.random)
                {
                    person.touch()
                    return press
                }
                if person.isWaiting {
                    person.advance()
                    guard case .react(let emoji)? = person.currentStep else { return nil }
                    person.advance()
                    return InboundDraft(.react(emoji), answering: message.id)
                }
                return person.hasSaidThanks ? nil : .text(person.sayThanks())
            } ?? nil
        if let draft { write(draft, phone) }
        let next = with(phone) { ($0.wait(around: pace / 3), $0.epoch) }
        if let next { plan(phone, after: next.0, epoch: next.1) { $0.proceed($1) } }
    }
}
