/// One of the far sides the sandbox plays. Implementations hold their own state and answer without suspending;
/// what happens later (statuses, webhooks) is put on the timetable.
protocol Simulator: Sendable {
    func answer(_ call: Call) -> Answer

    /// The answer for a fault that only says which HTTP status or vendor code to give.
    func refusal(_ refusal: Fault.Refusal, call: Call) -> Answer

    /// Forgets everything that happened and starts again as configured.
    func reset()
}
