/// A condition of a rule on a check: a plain value, the same in Swift and in a document.
///
/// Operands are JSON values. A string that starts with `$` is an attribute path, such as `$resource.ownerID`. A string that starts with
/// `$$` is a literal that starts with one dollar sign. Everything else is a literal. Paths count inside literal lists, not inside maps. A
/// part of a path with other characters than letters, digits, `_` and `-` stands in brackets as a JSON string: `$context["a b"]`.
///
/// ```swift
/// let condition: Condition = .all(.equals("$resource.ownerID", "$principal.id"), .exists("$context.ip"))
/// ```
///
/// The logic is three-valued: see <doc:Semantics>.
public indirect enum Condition: Sendable, Hashable {
    /// A comparison of two operands.
    case compare(Comparison, JSONValue, JSONValue)
    /// The path leads to a value, which may be null.
    case exists(String)
    /// All conditions are true; there is at least one.
    case all([Condition])
    /// At least one of the conditions is true; there is at least one.
    case any([Condition])
    /// The condition is false.
    case not(Condition)

    /// A way to compare two operands.
    public enum Comparison: String, Sendable, CaseIterable {
        /// Both are the same value, without conversions: numbers compare exactly, strings by bytes, lists and maps by value.
        case equals
        /// The two are different values.
        case notEquals
        /// The first is less than the second; both are numbers, or both are strings, compared by bytes.
        case lessThan
        /// The first is less, or equal.
        case atMost
        /// The first is greater.
        case greaterThan
        /// The first is greater, or equal.
        case atLeast
        /// The first is an element of the second, a list.
        case `in`
        /// The first is a list with the second as an element, or the first is a string that contains the second, a string.
        case contains
        /// The first, a string, begins with the second, a string.
        case startsWith
    }
}

extension Condition {
    /// The largest depth to which conditions, and lists and maps in their operands, nest.
    static let maximumDepth = 64

    /// Returns a condition that all of the conditions are true.
    public static func all(_ conditions: Condition...) -> Condition { .all(conditions) }
    /// Returns a condition that at least one of the conditions is true.
    public static func any(_ conditions: Condition...) -> Condition { .any(conditions) }
    /// Returns a condition that both are the same value.
    public static func equals(_ lhs: JSONValue, _ rhs: JSONValue) -> Condition { .compare(.equals, lhs, rhs) }
    /// Returns a condition that the two are different values.
    public static func notEquals(_ lhs: JSONValue, _ rhs: JSONValue) -> Condition { .compare(.notEquals, lhs, rhs) }
    /// Returns a condition that the first is less than the second.
    public static func lessThan(_ lhs: JSONValue, _ rhs: JSONValue) -> Condition { .compare(.lessThan, lhs, rhs) }
    /// Returns a condition that the first is less than or equal to the second.
    public static func atMost(_ lhs: JSONValue, _ rhs: JSONValue) -> Condition { .compare(.atMost, lhs, rhs) }
    /// Returns a condition that the first is greater than the second.
    public static func greaterThan(_ lhs: JSONValue, _ rhs: JSONValue) -> Condition { .compare(.greaterThan, lhs, rhs) }
    /// Returns a condition that the first is greater than or equal to the second.
    public static func atLeast(_ lhs: JSONValue, _ rhs: JSONValue) -> Condition { .compare(.atLeast, lhs, rhs) }
    /// Returns a condition that the first is an element of the second.
    public static func `in`(_ lhs: JSONValue, _ rhs: JSONValue) -> Condition { .compare(.in, lhs, rhs) }
    /// Returns a condition that the second is in the first.
    public static func contains(_ lhs: JSONValue, _ rhs: JSONValue) -> Condition { .compare(.contains, lhs, rhs) }
    /// Returns a condition that the first begins with the second.
    public static func startsWith(_ lhs: JSONValue, _ rhs: JSONValue) -> Condition { .compare(.startsWith, lhs, rhs) }
}
