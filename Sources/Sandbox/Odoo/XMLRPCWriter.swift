/// Writes answers in XML-RPC.
enum XMLRPCWriter {
    static func response(_ value: JSON) -> String {
        "<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n\(text(value))</param>\n</params>\n</methodResponse>\n"
    }

    static func fault(_ error: OdooError) -> String {
        let fault: JSON = ["faultCode": JSON(error.fault.code), "faultString": JSON(error.fault.text)]
        return "<?xml version='1.0'?>\n<methodResponse>\n<fault>\n\(text(fault))</fault>\n</methodResponse>\n"
    }

    private static func text(_ value: JSON) -> String {
        "<value>\(content(value))</value>\n"
    }

    private static func content(_ value: JSON) -> String {
        switch value {
        case .null: return "<nil/>"
        case .bool(let flag): return "<boolean>\(flag ? 1 : 0)</boolean>"
        case .integer(let number): return "<int>\(number)</int>"
        case .number(let number): return "<double>\(number)</double>"
        case .string(let text): return "<string>\(escaped(text))</string>"
        case .array(let items): return "<array><data>\n\(items.map(text).joined())</data></array>"
        case .object(let object):
            let members = object.members.map {
                "<member>\n<name>\(escaped($0.key))</name>\n\(text($0.value))</member>\n"
            }
            return "<struct>\n\(members.joined())</struct>"
        }
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(character)
            }
        }
        return result
    }
}
