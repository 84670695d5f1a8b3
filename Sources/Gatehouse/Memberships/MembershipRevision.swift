/// A state of a membership source. A state contains everything that every lower state contains.
public struct MembershipRevision: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The state's place in the order of states.
    public let number: UInt64

    /// Makes a revision.
    public init(_ number: UInt64) {
        self.number = number
    }

    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.number < rhs.number }

    public var description: String { "revision \(number)" }
}
