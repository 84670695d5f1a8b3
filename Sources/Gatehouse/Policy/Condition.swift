/// A question that a rule asks about a check: a plain value, the same in Swift and in a document.
///
/// Operands are JSON values. A string that starts with `$` is an attribute path, such as `$resource.ownerID`; `$$`
/// begins a literal dollar sign; everything else is a literal. Paths count inside literal lists, not inside maps. A part of
/// a path that is not of letters, digits, `_` and `-` stands in brackets as a JSON string: `$context["a b"]`.
///
/// ```swift
/// let condition: Condition = .all(.equals("$resource.ownerID", "$principal.id"), .exists("$context.ip"))
/// ```
///
/// The logic is three-valued: see <doc:Semantics>.
public indirect enum Condition: Sendable, Hashable {
    /// Two operands compared.
    case compare(Comparison, JSONValue, JSONValue)
    /// The path leads to a value, be it null.
    case exists(String)
    /// Every one of them is true; at least one is listed.
    case all([Condition])
    /// At least one of them is true; at least one is listed.
    case any([Condition])
    /// The condition is false.
    case not(Condition)

    /// A way to compare two operands.
    public enum Comparison: String, Sendable, CaseIterable {
        /// Both are one value, without conversions: numbers exactly, strings by bytes, lists and maps by value.
        case equals
        /// Not the same value.
        case notEquals
        /// Of two numbers or two strings (by bytes), the first is less.
        case lessThan
        /// The first is less, or equal.
        case atMost
        /// The first is greater.
        case greaterThan
        /// The first is greater, or equal.
        case atLeast
        /// The first is an element of the second, a list.
        case `in`
        /// The first, a list, has the second as an element; or the first, a string, has the second, a string, in it.
        case contains
        /// The first, a string, begins with the second, a string.
        case startsWith
    }
}

extension Condition {
    /// The greatest depth to which conditions, and lists and maps in their operands, nest.
    static let maximumDepth = 64

    /// Every one of them is true.
    public static func all(_ conditions: Condition...) -> Condition { .all(conditions) }
    /// At least one of them is true.
    public static func any(_ conditions: Condition...) -> Condition { .any(conditions) }
    /// Both are the same value.
    public static func equals(_ lhs: JSONValue, _ rhs: JSONValue) -> Condition { .compare(.equals, lhs, rhs) }
    /// They are not the same value.
    public static func notEquals(_ lhs: JSONValue, _ rhs: JSONValue) -> Condition { .compare(.notEquals, lhs, rhs) }
    /// The first is less.
    public static func lessThan(_ lhs: JSONValue, _ rhs: JSONValue) -> Condition { .compare(.lessThan, lhs, rhs) }
    /// The first is less, or equal.
    public static func atMost(_ lhs: JSONValue, _ rhs: JSONValue) -> Condition { .compare(.atMost, lhs, rhs) }
    /// The first is greater.
    public static func greaterThan(_ lhs: JSONValue, _ rhs: JSONValue) -> Condition { .compare(.greaterThan, lhs, rhs) }
    /// The first is greater, or equal.
    public static func atLeast(_ lhs: JSONValue, _ rhs: JSONValue) -> Condition { .compare(.atLeast, lhs, rhs) }
    /// The first is an element of the second.
    public static func `in`(_ lhs: JSONValue, _ rhs: JSONValue) -> Condition { .compare(.in, lhs, rhs) }
    /// The second is in the first.
    public static func contains(_ lhs: JSONValue, _ rhs: JSONValue) -> Condition { .compare(.contains, lhs, rhs) }
    /// The first begins with the second.
    public static func startsWith(_ lhs: JSONValue, _ rhs: JSONValue) -> Condition { .compare(.startsWith, lhs, rhs) }
}
