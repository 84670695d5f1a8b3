import GatehouseBase

/// The version of an object's state. It determines the later of two states, in any order of their arrival.
public struct ObjectVersion: Sendable, Hashable, Comparable {
    /// The object's own time of change, in milliseconds since 1970.
    public var updated: Int64
    /// The time of the report, in milliseconds since 1970. It orders states of one change.
    public var told: Int64
    /// A text that orders states of equal times, such as the webhook's id, compared by bytes.
    public var tie: String

    /// Makes a version.
    public init(updated: Int64, told: Int64, tie: String) {
        self.updated = updated
        self.told = told
        self.tie = tie
    }

    public static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.updated == rhs.updated && lhs.told == rhs.told && lhs.tie.hasSameBytes(as: rhs.tie)
    }

    public static func < (lhs: Self, rhs: Self) -> Bool {
        if lhs.updated != rhs.updated { return lhs.updated < rhs.updated }
        if lhs.told != rhs.told { return lhs.told < rhs.told }
        return lhs.tie.precedesByBytes(rhs.tie)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(updated)
        hasher.combine(told)
    }
}
