/// The part of an entry that a hit does not read. It is separate from the entry, so that the part that is read stays in the processor's
/// cache.
struct EntryDetails: Sendable {
    /// The keyed hash of the key.
    let hash: UInt64
    /// The state of the source plus one; 0 if the source does not count its states.
    let revision: UInt64
    /// The lease of resolved principals; `nil` if there are none.
    var lease: Lease?
    /// The neighbours by age, -1 for none.
    var older: Int32 = -1
    var newer: Int32 = -1

    /// Makes details, by default those of a free slot.
    init(hash: UInt64 = 0, _ revision: MembershipRevision? = nil) {
        self.hash = hash
        // The last possible state counts as none, and is loaded each time.
        self.revision = revision.map { $0.number &+ 1 } ?? 0
    }

    /// The state of the source; `nil` if the source does not count its states.
    var membershipRevision: MembershipRevision? { revision == 0 ? nil : MembershipRevision(revision &- 1) }

    /// Returns true if the entry came from a state of the source or a later state, and for every entry if `wanted` is `nil`.
    @inline(__always)
    func isFrom(atLeast wanted: MembershipRevision?) -> Bool { wanted.map { revision > $0.number } ?? true }
}
