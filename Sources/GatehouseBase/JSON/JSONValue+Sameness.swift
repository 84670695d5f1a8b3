extension JSONValue {
    /// Returns true if both are the same value. Numbers are compared exactly, strings by bytes, lists by their elements, and maps by their
    /// members in any order. The result is `nil` if the values nest too deep.
    package func isSameValue(as other: JSONValue) -> Bool? {
        ComparedValue(self).isSameValue(as: other)
    }
}

/// A value that is prepared for comparisons with many values: its numbers are parsed and its maps are indexed once.
package struct ComparedValue {
    /// The depth down to which values are compared. Parsed values nest at most 64 deep, and a program may make deeper values.
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
            // If two members have the same name, the first counts, as everywhere.
            case .object(let members):
                .map(
                    Dictionary(
                        members.map { (ByteText($0.name), part($0.value)) },
                        uniquingKeysWith: { first, _ in first }
                    )
                )
            }
    }

    /// Returns true if both are the same value; `nil` if they nest too deep.
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

    /// Returns false if the values of a pair differ, else `nil` if the values of a pair nest too deep, else true.
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
