/// The part of an entry that a hit does not look at. It lies apart from the entry, so that what is looked at stays near the processor.
struct EntryDetails: Sendable {
    /// The keyed hash of the key.
    let hash: UInt64
    /// One more than the state of the source that it came from; 0 if the source does not count them.
    let revision: UInt64
    /// The lease of resolved principals; `nil` if there are none.
    var lease: Lease?
    /// The neighbours by age, -1 where there is none.
    var older: Int32 = -1
    var newer: Int32 = -1

    /// By default those of a free slot.
    init(hash: UInt64 = 0, _ revision: MembershipRevision? = nil) {
        self.hash = hash
        // The last state that there can be counts as none, and is loaded each time.
        self.revision = revision.map { $0.number &+ 1 } ?? 0
    }

    /// The state of the source that it came from; `nil` if the source does not count them.
    var membershipRevision: MembershipRevision? { revision == 0 ? nil : MembershipRevision(revision &- 1) }

    /// Returns true if it came from a state of the source, or a later one; of any if `wanted` is `nil`.
    @inline(__always)
    func isFrom(atLeast wanted: MembershipRevision?) -> Bool { wanted.map { revision > $0.number } ?? true }
}
