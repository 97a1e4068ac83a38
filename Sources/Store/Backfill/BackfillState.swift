package import Domain

/// How far a back-fill has come.
///
/// A person starts it as `running`, moves it to `paused` and back, and ends it as `stopped`; the program ends it as `done`.
/// What one that was stopped did until then stays, and can be put back like all of it.
package enum BackfillState: String, Codable, SQLConvertible, CaseIterable, Sendable {
    case running, paused, stopped, done

    /// Whether nothing moves it on any more.
    package var isOver: Bool { self == .stopped || self == .done }
}

/// What a back-fill is at. They follow each other in this order, those that were chosen.
package enum BackfillPhase: String, Codable, SQLConvertible, CaseIterable, Sendable {
    /// Reads the account's contacts from the beginning: who is known is linked and compared, others are made where that is
    /// wished.
    case fromCRM = "from_crm"
    /// Finds or makes the records of contacts that have none.
    case toCRM = "to_crm"
    /// Writes messages from before onto the timelines.
    case history
}

/// What a person chose.
package struct BackfillOptions: Codable, Equatable, Sendable {
    /// Reads what is there. False only where that cannot be done.
    package var readsCRM = true
    /// Whoever is only in the CRM comes here, too.
    package var makesContacts = false
    /// For those who are made.
    package var label: String?
    /// Whoever has no record there gets one.
    package var tellsCRM = false
    /// Messages from this moment on are written onto the timelines; nil: none.
    package var historySince: Timestamp?

    package init() {}

    /// In their order.
    package var phases: [BackfillPhase] {
        BackfillPhase.allCases.filter { phase in
            switch phase {
            case .fromCRM: readsCRM
            case .toCRM: tellsCRM
            case .history: historySince != nil
            }
        }
    }

    func phase(after phase: BackfillPhase) -> BackfillPhase? {
        phases.firstIndex(of: phase).flatMap { phases.dropFirst($0 + 1).first }
    }
}

/// What a back-fill has done so far.
package struct BackfillCounts: Codable, Equatable, Sendable {
    /// Records that were read, each once: one that changes meanwhile is read again and not counted again.
    package var read = 0
    /// Contacts of ours that were linked with a record.
    package var linked = 0
    /// Contacts that were made here.
    package var made = 0
    /// Records whose person is not here, and is not to be made.
    package var unknown = 0
    /// Records whose number or address is somebody's who has another record.
    package var others = 0
    /// Records of people who had their data erased here.
    package var erased = 0
    /// Records without a number or an address by which anybody could be told apart.
    package var withoutAddress = 0
    /// Contacts that the CRM has now.
    package var told = 0
    /// Contacts that it did not take: they are among the dead letters.
    package var failed = 0
    /// Messages that were handed to the CRM's lane.
    package var messages = 0

    package init() {}

    /// Records of nobody who could be linked or made.
    var skipped: Int { unknown + erased + withoutAddress }
}
