extension PermissionPattern {
    /// Returns true if the pattern matches a permission.
    public func matches(_ permission: Permission) -> Bool {
        permission.name.withUTF8Bytes { matches($0) }
    }

    /// Returns true if the pattern matches the name with these bytes. As `*` is exactly one segment, nothing is tried twice.
    func matches(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        var start = 0
        for segment in segments {
            guard start <= name.count else { return false }  // the name has fewer segments
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

    /// The bytes that every name of the pattern begins with: the segments before its first wildcard, each with its `:`.
    var literalPrefix: String {
        var prefix = ""
        for segment in segments {
            guard case .exactly(let text) = segment else { break }
            prefix += text.string + ":"
        }
        return prefix
    }
}
