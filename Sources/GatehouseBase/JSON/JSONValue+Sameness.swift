extension JSONValue {
    /// How deep values are compared. What is read nests at most 64 deep; a program may make deeper ones.
    private static let maximumDepth = 256

    /// Whether both are the same value: numbers exactly, strings by bytes, lists by their elements, maps by their members
    /// in any order. Nil where they nest too deep to tell.
    package func isSameValue(as other: JSONValue) -> Bool? {
        isSameValue(as: other, depth: 0)
    }

    private func isSameValue(as other: JSONValue, depth: Int) -> Bool? {
        switch (self, other) {
        case (.null, .null): return true
        case (.bool(let lhs), .bool(let rhs)): return lhs == rhs
        case (.number(let lhs), .number(let rhs)): return lhs.order(comparedTo: rhs) == 0
        case (.string(let lhs), .string(let rhs)): return lhs.hasSameBytes(as: rhs)
        case (.array(let lhs), .array(let rhs)):
            guard lhs.count == rhs.count else { return false }
            return Self.areSame(zip(lhs, rhs), depth: depth)
        case (.object(let lhs), .object(let rhs)):
            let (lhs, rhs) = (Self.members(lhs), Self.members(rhs))
            guard lhs.count == rhs.count, lhs.keys.allSatisfy({ rhs[$0] != nil }) else { return false }
            return Self.areSame(lhs.lazy.compactMap { name, value in rhs[name].map { (value, $0) } }, depth: depth)
        default: return false
        }
    }

    /// Different where one pair is, else nil where one pair nests too deep.
    private static func areSame(_ pairs: some Sequence<(JSONValue, JSONValue)>, depth: Int) -> Bool? {
        guard depth < maximumDepth else { return nil }
        var result: Bool? = true
        for (lhs, rhs) in pairs {
            switch lhs.isSameValue(as: rhs, depth: depth + 1) {
            case false?: return false
            case nil: result = nil
            case true?: break
            }
        }
        return result
    }

    /// Of members with one name the first counts, as everywhere.
    private static func members(_ members: [JSONMember]) -> [ByteText: JSONValue] {
        Dictionary(members.map { (ByteText($0.name), $0.value) }, uniquingKeysWith: { first, _ in first })
    }
}
