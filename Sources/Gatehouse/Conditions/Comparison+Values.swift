extension Condition.Comparison {
    /// Returns the outcome of the comparison of two values.
    func compare(_ lhs: JSONValue, _ rhs: JSONValue) -> Truth {
        switch self {
        case .equals: Self.areEqual(lhs, rhs)
        case .notEquals: !Self.areEqual(lhs, rhs)
        case .lessThan: Self.order(lhs, rhs).map { Truth($0 < 0) } ?? .unknown
        case .atMost: Self.order(lhs, rhs).map { Truth($0 <= 0) } ?? .unknown
        case .greaterThan: Self.order(lhs, rhs).map { Truth($0 > 0) } ?? .unknown
        case .atLeast: Self.order(lhs, rhs).map { Truth($0 >= 0) } ?? .unknown
        case .in: Self.isElement(lhs, of: rhs)
        case .contains: Self.contains(lhs, rhs)
        case .startsWith: Self.startsWith(lhs, rhs)
        }
    }

    /// Returns the outcome of a test for equality, which is unknown if the values nest too deep.
    private static func areEqual(_ lhs: JSONValue, _ rhs: JSONValue) -> Truth {
        lhs.isSameValue(as: rhs).map { Truth($0) } ?? .unknown
    }

    /// Returns a negative number, zero or a positive number; `nil` if the values are neither two numbers nor two strings.
    private static func order(_ lhs: JSONValue, _ rhs: JSONValue) -> Int? {
        switch (lhs, rhs) {
        case (.number(let lhs), .number(let rhs)): lhs.order(comparedTo: rhs)
        case (.string(let lhs), .string(let rhs)):
            lhs.precedesByBytes(rhs) ? -1 : lhs.hasSameBytes(as: rhs) ? 0 : 1
        default: nil
        }
    }

    private static func isElement(_ value: JSONValue, of list: JSONValue) -> Truth {
        guard case .array(let elements) = list else { return .unknown }
        let value = ComparedValue(value)
        var result = Truth.no
        for element in elements where result != .yes {
            result = result.or(value.isSameValue(as: element).map { Truth($0) } ?? .unknown)
        }
        return result
    }

    private static func contains(_ lhs: JSONValue, _ rhs: JSONValue) -> Truth {
        switch (lhs, rhs) {
        case (.array, _): isElement(rhs, of: lhs)
        case (.string(let text), .string(let part)): Truth(text.containsBytes(of: part))
        default: .unknown
        }
    }

    private static func startsWith(_ lhs: JSONValue, _ rhs: JSONValue) -> Truth {
        guard case .string(let text) = lhs, case .string(let prefix) = rhs else { return .unknown }
        return Truth(text.utf8.starts(with: prefix.utf8))
    }
}
