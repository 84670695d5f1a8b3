extension JSONValue {
    /// True if both are the same value: numbers exactly, strings by bytes, lists by their elements, maps by their members
    /// in any order. `nil` if they nest too deep to tell.
    package func isSameValue(as other: JSONValue) -> Bool? {
        ComparedValue(self).isSameValue(as: other)
    }
}

/// A value made ready to be compared with many: its numbers are read and its maps put in order once.
package struct ComparedValue {
    /// How deep values are compared. What is read nests at most 64 deep; a program may make deeper ones.
    private static let maximumDepth = 256

    private enum Content {
        case scalar(JSONValue)
        case number(JSONNumber.Comparand)
        case list([ComparedValue])
        case map([ByteText: ComparedValue])
    }

    private let content: Content

    package init(_ value: JSONValue) {
        self.init(value, depth: 0)
    }

    private init(_ value: JSONValue, depth: Int) {
        // Values below the deepest level are not compared.
        func part(_ value: JSONValue) -> ComparedValue {
            ComparedValue(depth < Self.maximumDepth ? value : .null, depth: depth + 1)
        }
        content =
            switch value {
            case .null, .bool, .string: .scalar(value)
            case .number(let number): .number(JSONNumber.Comparand(number))
            case .array(let elements): .list(elements.map(part))
            // Of members with one name the first counts, as everywhere.
            case .object(let members):
                .map(
                    Dictionary(
                        members.map { (ByteText($0.name), part($0.value)) },
                        uniquingKeysWith: { first, _ in first }
                    )
                )
            }
    }

    /// True if both are the same value; `nil` if they nest too deep to tell.
    package func isSameValue(as other: JSONValue) -> Bool? {
        isSameValue(as: other, depth: 0)
    }

    private func isSameValue(as other: JSONValue, depth: Int) -> Bool? {
        switch (content, other) {
        case (.scalar(let mine), _): return mine == other
        case (.number(let mine), .number(let theirs)): return mine.order(comparedTo: JSONNumber.Comparand(theirs)) == 0
        case (.list(let mine), .array(let theirs)):
            guard mine.count == theirs.count else { return false }
            return Self.areSame(zip(mine, theirs), depth: depth)
        case (.map(let mine), .object(let members)):
            guard members.count >= mine.count else { return false }
            var theirs: [ByteText: JSONValue] = [:]
            for member in members where theirs[ByteText(member.name)] == nil {
                guard mine[ByteText(member.name)] != nil else { return false }
                theirs[ByteText(member.name)] = member.value
            }
            guard mine.count == theirs.count else { return false }
            return Self.areSame(mine.lazy.compactMap { name, value in theirs[name].map { (value, $0) } }, depth: depth)
        default: return false
        }
    }

    /// Different where one pair is, else `nil` if one pair nests too deep.
    private static func areSame(_ pairs: some Sequence<(ComparedValue, JSONValue)>, depth: Int) -> Bool? {
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
}
