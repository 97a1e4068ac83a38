extension Unicode.Scalar {
    /// 0 to 9 for a decimal digit of any script.
    var writtenDigit: Int? {
        if value < 0x80 { return (48...57).contains(value) ? Int(value) - 48 : nil }
        return properties.numericType == .decimal ? properties.numericValue.map { Int($0) } : nil
    }
}
