/// One key of `puente.yaml`: its place, the form of its value, and what the reference says of it.
/// Every key that exists is in ``all``; the reader, the environment, the reference and the sample file follow from it.
struct ConfigurationKey: Sendable {
    enum Need: Equatable, Sendable {
        case required
        /// What counts when nothing is written, as it would be written.
        case fallback(String)
        /// - Parameter note: what the reference shows instead of a default.
        case optional(note: String = "")
    }

    /// Stands in ``path`` where people put names of their own.
    static let name = "NAME"

    /// For example `["whatsapp", "numbers", "NAME", "access_token"]`.
    let path: [String]
    let form: ConfigurationForm
    let need: Need
    /// Never shown; may lie in a file of its own.
    let isSecret: Bool
    let summary: String

    init(
        _ path: String, _ form: ConfigurationForm, _ need: Need, isSecret: Bool = false,
        _ summary: String
    ) {
        self.path = path.split(separator: ".").map(String.init)
        self.form = form
        self.need = need
        self.isSecret = isSecret
        self.summary = summary
    }

    var pattern: String { path.joined(separator: ".") }

    /// - Parameter name: what stands where the pattern says `NAME`.
    func text(_ name: String? = nil) -> String {
        path.map { $0 == Self.name ? name ?? $0 : $0 }.joined(separator: ".")
    }

    /// The environment variable that sets the key.
    func variable(_ name: String? = nil) -> String {
        "PUENTE_" + path.map { $0 == Self.name ? name?.uppercased() ?? $0 : $0.uppercased() }.joined(separator: "_")
    }

    /// The key under which a secret names a file instead.
    static let fileSuffix = "_file"
}

/// The form of a key's value.
enum ConfigurationForm: Equatable, Sendable {
    case text
    /// Printable ASCII without spaces: ids and tokens.
    case word
    case integer(ClosedRange<Int>)
    /// A number of bytes, also written `64MB`.
    case bytes(ClosedRange<Int>)
    /// For example `5m` or `30d`.
    case duration(ClosedRange<Duration>)
    /// A duration, or `forever`.
    case age
    case path
    case webAddress
    case databaseAddress
    case choice([String])
    /// Several of these words.
    case words([String])
    /// Addresses or networks: `10.0.0.0/8`.
    case networks
    /// Host names or IP addresses.
    case hosts
    /// What people named in another map.
    case names
    case phoneNumber
    case region
    /// An IANA name.
    case timeZone

    /// Whether YAML may give several values.
    var isList: Bool {
        switch self {
        case .words, .networks, .hosts, .names: true
        case .text, .word, .integer, .bytes, .duration, .age, .path, .webAddress, .databaseAddress, .choice,
            .phoneNumber, .region, .timeZone:
            false
        }
    }
}
