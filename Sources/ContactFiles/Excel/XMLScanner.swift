internal import CExpat
internal import Domain

/// Takes the events of one XML file. Names come without their namespace's prefix.
protocol XMLHandler: AnyObject {
    func begin(_ element: XMLName, _ attributes: XMLAttributes) throws(PuenteError)
    func end(_ element: XMLName) throws(PuenteError)
    /// A piece of text; more may follow for the same element.
    func text(_ utf8: UnsafeRawBufferPointer) throws(PuenteError)
}

/// The name of an element or attribute, valid while the event is handled.
struct XMLName {
    /// Behind the prefix, ended by NUL.
    let start: UnsafePointer<CChar>

    init(_ name: UnsafePointer<CChar>) {
        var start = name
        var place = name
        while place.pointee != 0 {
            if place.pointee == 0x3A { start = place + 1 }
            place += 1
        }
        self.start = start
    }

    static func ~= (name: StaticString, element: XMLName) -> Bool {
        element.matches(name)
    }

    func matches(_ name: StaticString) -> Bool {
        let other = UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
        var index = 0
        while start[index] != 0, start[index] == other[index] { index += 1 }
        return start[index] == other[index]
    }
}

/// The attributes of an element, valid while the event is handled.
struct XMLAttributes {
    /// Name, value, name, value, …, nil.
    let pairs: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?

    /// The value as UTF-8 ended by NUL.
    subscript(_ name: StaticString) -> UnsafePointer<CChar>? {
        guard let pairs else { return nil }
        var index = 0
        while let key = pairs[index] {
            if XMLName(key).matches(name) { return pairs[index + 1] }
            index += 2
        }
        return nil
    }

    func string(_ name: StaticString) -> String? {
        self[name].map { String(cString: $0) }
    }
}

/// Reads one XML part of a workbook, piece by piece: no document type (and so no entities), bounded depth, bounded
/// tokens. For one thread.
final class XMLScanner {
    private static let pieceBytes = 65_536
    private static let maxDepth = 100
    /// No name, attribute or comment of a workbook is longer; expat keeps a whole one in memory.
    private static let maxTokenBytes = 1_000_000

    private let part: ZipPart
    private let handler: any XMLHandler
    private let parser: XML_Parser
    private var failure: PuenteError?
    private var depth = 0
    private var bytesFed = 0
    private(set) var isAtEnd = false

    init(_ part: ZipPart, _ handler: any XMLHandler) throws(PuenteError) {
        guard let parser = XML_ParserCreate(nil) else { throw .spillFailed(reason: "expat") }
        self.part = part
        self.handler = handler
        self.parser = parser
        // The scanner outlives its parser, and calls come only from within `advance`.
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser, { XMLScanner.from($0)?.began($1, $2) }, { scanner, name in XMLScanner.from(scanner)?.ended(name) })
        XML_SetCharacterDataHandler(parser) { XMLScanner.from($0)?.read($1, $2) }
        XML_SetStartDoctypeDeclHandler(parser) { scanner, _, _, _, _ in
            XMLScanner.from(scanner)?.fail(.workbookHasEntities)
        }
    }

    deinit {
        XML_ParserFree(parser)
    }

    var packedBytesRead: Int { part.packedBytesRead }

    /// Handles the next piece of the part.
    /// - Returns: false at its end.
    func advance() throws(PuenteError) -> Bool {
        guard !isAtEnd else { return false }
        guard let buffer = XML_GetBuffer(parser, Int32(Self.pieceBytes)) else { throw .workbookDamaged(part.name) }
        let count = try part.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: Self.pieceBytes))
        isAtEnd = count == 0
        bytesFed += count
        let status = XML_ParseBuffer(parser, Int32(count), isAtEnd ? 1 : 0)
        if let failure { throw failure }
        guard status == XML_STATUS_OK, bytesFed - XML_GetCurrentByteIndex(parser) < Self.maxTokenBytes else {
            throw .workbookDamaged(part.name)
        }
        return !isAtEnd
    }

    /// Handles the part to its end.
    func finish() throws(PuenteError) {
        while try advance() {}
    }

    private static func from(_ userData: UnsafeMutableRawPointer?) -> XMLScanner? {
        userData.map { Unmanaged<XMLScanner>.fromOpaque($0).takeUnretainedValue() }
    }

    private func began(_ name: UnsafePointer<XML_Char>?, _ pairs: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?) {
        depth += 1
        guard let name, failure == nil else { return }
        guard depth <= Self.maxDepth else { return fail(.workbookDamaged(part.name)) }
        handle { scanner throws(PuenteError) in
            try scanner.handler.begin(XMLName(name), XMLAttributes(pairs: pairs))
        }
    }

    private func ended(_ name: UnsafePointer<XML_Char>?) {
        depth -= 1
        guard let name, failure == nil else { return }
        handle { scanner throws(PuenteError) in try scanner.handler.end(XMLName(name)) }
    }

    private func read(_ text: UnsafePointer<XML_Char>?, _ count: Int32) {
        guard failure == nil else { return }
        handle { scanner throws(PuenteError) in
            try scanner.handler.text(UnsafeRawBufferPointer(start: text, count: Int(count)))
        }
    }

    private func handle(_ work: (XMLScanner) throws(PuenteError) -> Void) {
        do throws(PuenteError) {
            try work(self)
        } catch {
            fail(error)
        }
    }

    /// Errors cannot pass through expat: they wait until it has stopped.
    private func fail(_ error: PuenteError) {
        failure = failure ?? error
        XML_StopParser(parser, 0)
    }
}
