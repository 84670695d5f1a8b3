import Gatehouse

/// The three values of a condition.
enum ReferenceTruth {
    case `true`
    case `false`
    case unknown

    init(_ value: Bool) { self = value ? .true : .false }
}

/// One check, as conditions see it.
struct ReferenceFacts {
    var check: AccessCheck
    /// The names of the roles held for the check, each once.
    var held: [String]

    func truth(of condition: Condition) -> ReferenceTruth {
        switch condition {
        case .compare(let comparison, let lhs, let rhs):
            guard let lhs = operand(lhs), let rhs = operand(rhs) else { return .unknown }
            return Self.compare(comparison, lhs, rhs)
        case .exists(let path):
            return ReferenceTruth(value(at: path) != nil)
        case .all(let conditions):
            let truths = conditions.map { truth(of: $0) }
            return truths.contains(.false) ? .false : truths.contains(.unknown) ? .unknown : .true
        case .any(let conditions):
            let truths = conditions.map { truth(of: $0) }
            return truths.contains(.true) ? .true : truths.contains(.unknown) ? .unknown : .false
        case .not(let condition):
            switch truth(of: condition) {
            case .true: return .false
            case .false: return .true
            case .unknown: return .unknown
            }
        }
    }

    private static func compare(_ comparison: Condition.Comparison, _ lhs: JSONValue, _ rhs: JSONValue)
        -> ReferenceTruth
    {
        switch comparison {
        case .equals: return ReferenceTruth(same(lhs, rhs))
        case .notEquals: return ReferenceTruth(!same(lhs, rhs))
        case .lessThan: return order(lhs, rhs).map { ReferenceTruth($0 < 0) } ?? .unknown
        case .atMost: return order(lhs, rhs).map { ReferenceTruth($0 <= 0) } ?? .unknown
        case .greaterThan: return order(lhs, rhs).map { ReferenceTruth($0 > 0) } ?? .unknown
        case .atLeast: return order(lhs, rhs).map { ReferenceTruth($0 >= 0) } ?? .unknown
        case .in:
            guard case .array(let elements) = rhs else { return .unknown }
            return ReferenceTruth(elements.contains { same($0, lhs) })
        case .contains:
            if case .array(let elements) = lhs { return ReferenceTruth(elements.contains { same($0, rhs) }) }
            guard case .string(let text) = lhs, case .string(let part) = rhs else { return .unknown }
            let (bytes, wanted) = (Array(text.utf8), Array(part.utf8))
            return ReferenceTruth((0...bytes.count).contains { bytes.dropFirst($0).starts(with: wanted) })
        case .startsWith:
            guard case .string(let text) = lhs, case .string(let part) = rhs else { return .unknown }
            return ReferenceTruth(text.utf8.starts(with: part.utf8))
        }
    }

    /// Negative, zero or positive for two numbers or two strings; `nil` for anything else.
    private static func order(_ lhs: JSONValue, _ rhs: JSONValue) -> Int? {
        switch (lhs, rhs) {
        case (.number(let lhs), .number(let rhs)):
            return ReferenceDecimal(lhs.text).compared(with: ReferenceDecimal(rhs.text))
        case (.string(let lhs), .string(let rhs)):
            if lhs.isByteForByte(rhs) { return 0 }
            return Array(lhs.utf8).lexicographicallyPrecedes(Array(rhs.utf8)) ? -1 : 1
        default:
            return nil
        }
    }

    /// True for equal types and equal values; members in any order.
    private static func same(_ lhs: JSONValue, _ rhs: JSONValue) -> Bool {
        switch (lhs, rhs) {
        case (.null, .null): return true
        case (.bool(let lhs), .bool(let rhs)): return lhs == rhs
        case (.number, .number), (.string, .string): return order(lhs, rhs) == 0
        case (.array(let lhs), .array(let rhs)):
            return lhs.count == rhs.count && zip(lhs, rhs).allSatisfy { same($0, $1) }
        case (.object(let lhs), .object(let rhs)):
            return lhs.count == rhs.count
                && lhs.allSatisfy { mine in
                    rhs.contains { mine.name.isByteForByte($0.name) && same(mine.value, $0.value) }
                }
        default: return false
        }
    }
}
