import ContactFiles
import Domain

/// A form that a person sent: read within its limits, its token compared.
struct Form: Sendable {
    let fields: FormFields
    /// The file that came with it, stored already under its hash.
    let file: UploadedFile?

    /// The first value of a field; nil when it is missing.
    subscript(name: String) -> String? { fields[name] }

    /// The values of a field that may come often and hold ids. What is no id is left out: no page of ours writes it.
    func ids<Row>(_ name: String = "id") -> [Identifier<Row>] {
        fields.all(name).compactMap { Identifier<Row>($0) }
    }
}

/// A file out of a form, in the media folder.
struct UploadedFile: Equatable, Sendable {
    /// As the person's machine called it, without a path.
    let filename: String
    /// As the browser says, in lower case and without parameters.
    let mimeType: String
    let size: Int
    /// 64 hexadecimal digits: its name in the media folder.
    let sha256: String
}

/// How much a form may hold.
struct FormLimits: Sendable {
    /// All fields together.
    var fieldBytes: Int
    /// Nil where no file is asked for: one that comes all the same is refused.
    var fileBytes: Int?
    /// For the whole of it to arrive.
    var patience: Duration
    var destination = Destination.messages
    /// A file is a text in place of a field, and counts as one.
    var areFilesFields = false

    /// What the file is for, and so where it lies.
    enum Destination: Sendable { case messages, imports }

    static let plain = FormLimits(fieldBytes: 64 << 10, fileBytes: nil, patience: .seconds(20))
    /// A mapping: a text, or a file of it.
    static let mapping = FormLimits(
        fieldBytes: 512 << 10, fileBytes: nil, patience: .seconds(30), areFilesFields: true)
    /// A message with a file: WhatsApp takes documents up to 100 MB.
    static let message = FormLimits(fieldBytes: 64 << 10, fileBytes: 100_000_000, patience: .seconds(600))
    /// A list of contacts, or pasted text.
    static let list = FormLimits(
        fieldBytes: 8 << 20, fileBytes: FileLimits().fileBytes, patience: .seconds(1800), destination: .imports)
}
