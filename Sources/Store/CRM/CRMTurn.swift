/// What one turn of a CRM's lane brought.
package struct CRMTurn: Sendable {
    package var jobs: [ActivityJob] = []
    /// Contacts to be brought up to date.
    package var contacts: [ContactJob] = []
    package var report = RecordReport()
}
