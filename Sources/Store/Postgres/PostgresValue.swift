extension SQLValue {
    /// Reads a column's binary form.
    /// - Throws: `SQLError.decoding` for a type that we do not use; cast it in the statement.
    init(postgres bytes: UnsafeRawBufferPointer, type: UInt32) throws(SQLError) {
        guard let type = PostgresType(rawValue: type) else { throw .decoding("a column of PostgreSQL's type \(type)") }
        switch type {
        case .int8: self = .integer(Int64(bigEndian: try bytes.fixed()))
        case .int4: self = .integer(Int64(Int32(bigEndian: try bytes.fixed())))
        case .int2: self = .integer(Int64(Int16(bigEndian: try bytes.fixed())))
        case .oid: self = .integer(Int64(UInt32(bigEndian: try bytes.fixed())))
        case .bool: self = .integer(try bytes.fixed(UInt8.self) == 0 ? 0 : 1)
        case .float8: self = .real(Double(bitPattern: UInt64(bigEndian: try bytes.fixed())))
        case .float4: self = .real(Double(Float(bitPattern: UInt32(bigEndian: try bytes.fixed()))))
        case .numeric: self = try PostgresNumeric(bytes).value
        case .text, .varchar, .name, .json, .unknown, .blankPadded: self = .text(String(decoding: bytes, as: UTF8.self))
        case .bytes: self = .blob(Array(bytes))
        case .void: self = .null
        }
    }
}

extension UnsafeRawBufferPointer {
    /// The whole buffer as one number in network order.
    fileprivate func fixed<Value: FixedWidthInteger & BitwiseCopyable>(
        _: Value.Type = Value.self
    ) throws(SQLError) -> Value {
        guard count == MemoryLayout<Value>.size else { throw .decoding("a number of \(count) bytes") }
        return loadUnaligned(as: Value.self)
    }
}
