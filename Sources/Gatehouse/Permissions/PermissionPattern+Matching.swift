extension PermissionPattern {
    /// Returns true if the pattern matches a permission.
    public func matches(_ permission: Permission) -> Bool {
        permission.name.withUTF8Bytes { matches($0) }
    }

    /// Returns true if the pattern matches the name with these bytes. Since `*` is exactly one segment, no segment is tried twice.
    func matches(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        var start = 0
        for segment in segments {
            guard start <= name.count else { return false }  // the name has too few segments
            if segment == .rest { return true }
            let end = name[start...].firstIndex(of: UInt8(ascii: ":")) ?? name.count
            if case .exactly(let text) = segment {
                let part = UnsafeBufferPointer(rebasing: name[start..<end])
                guard text.string.withUTF8Bytes({ $0.hasSameBytes(as: part) }) else { return false }
            }
            start = end + 1
        }
        return start == name.count + 1
    }

    /// The bytes at the start of every name of the pattern: the segments before the first wildcard, each with its `:`.
    var literalPrefix: String {
        var prefix = ""
        for segment in segments {
            guard case .exactly(let text) = segment else { break }
            prefix += text.string + ":"
        }
        return prefix
    }
}
