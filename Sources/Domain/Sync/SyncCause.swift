/// Why two sides were compared.
package enum SyncCause: String, Codable, CaseIterable, Sendable {
    /// The CRM said that a record changed.
    case webhook
    /// The CRM was asked what changed.
    case sweep
    /// Everything was compared.
    case comparison
    /// Something changed here.
    case edit
    /// A list was imported.
    case `import`
    /// A person decided.
    case staff
    /// A message came or went: of what changes with every one.
    case message
}
