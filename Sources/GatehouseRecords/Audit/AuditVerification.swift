import GatehouseBase

/// What is wrong with a chain of records, if anything.
public struct AuditVerification: Sendable, Hashable {
    /// A kind of damage.
    public enum Damage: String, Sendable, CaseIterable {
        /// A record's content was changed.
        case edit
        /// Records are missing between others.
        case deletion
        /// A record stands there that was not written there.
        case insertion
        /// Records stand in another order than they were written in.
        case reordering
        /// The last records are missing.
        case truncation
        /// The records are whole, and another history than was signed.
        case fork
        /// A checkpoint's signature does not hold.
        case signature
    }

    /// Whose chain it is.
    public var writer: String
    /// How many records were read.
    public var records: Int
    /// The first place at which something is wrong; `nil` if nothing is.
    public var firstBad: Int64?
    /// What is wrong there; `nil` if nothing is.
    public var damage: Damage?

    /// Whether nothing is wrong.
    public var isWhole: Bool { damage == nil }
}

extension AuditRows {
    private static var pageSize: Int { 512 }

    /// Hashes a chain's records again and compares what stands there, what it should be, and what was signed.
    ///
    /// - Parameters:
    ///   - writer: The writer whose chain is verified.
    ///   - verifier: By whose key checkpoints have to be signed; `nil`: signatures are not looked at, since nobody says whose they are.
    ///   - notes: Checkpoints that were kept elsewhere, as signed notes: what was cut off behind them or rewritten shows.
    public func verifyAudit(
        of writer: String,
        by verifier: CheckpointVerifier? = nil,
        notes: [String] = []
    ) throws -> AuditVerification {
        let head = try auditHead(of: writer)
        var walk = AuditWalk(writer: writer, seal: head?.sealed)
        let checkpoints = try signedSizes(of: writer, verifier, notes)
        var pending = checkpoints.roots.sorted { $0.key < $1.key }[...]
        var bad: (place: Int64, damage: AuditVerification.Damage)?
        func note(_ place: Int64, _ damage: AuditVerification.Damage) {
            if bad.map({ place < $0.place }) ?? true { bad = (place, damage) }
        }
        // Those of the sealed part have nothing to be compared with.
        while let first = pending.first, first.key < walk.tree.size { pending.removeFirst() }
        var position: (sequence: Int64, number: Int64) = (.min, .min)
        var page: [AuditRow] = []
        var redacted: Set<Int64> = []
        var named: Set<Int64> = []
        reading: while true {
            page = try auditRows(
                of: writer,
                from: position.sequence,
                afterNumber: position.number,
                limit: Self.pageSize
            )
            guard let last = page.last else { break }
            position = (last.sequence, last.number)
            for row in page {
                while let next = pending.first, next.key == walk.tree.size {
                    if try walk.tree.root() != next.value { note(walk.tree.size, .fork) }
                    pending.removeFirst()
                }
                guard try walk.take(row) else {
                    let damage = try classify(row, walk)
                    note(damage.place, damage.damage)
                    break reading
                }
                if row.isRedacted { redacted.insert(row.sequence) }
                named.formUnion(row.redactedSequences)
            }
        }
        if bad == nil {
            while let next = pending.first, next.key == walk.tree.size {
                if try walk.tree.root() != next.value { note(walk.tree.size, .fork) }
                pending.removeFirst()
            }
            let signed = max(head?.size ?? 0, checkpoints.roots.keys.max() ?? 0)
            if signed > walk.tree.size { note(walk.tree.size, .truncation) }
            if let head, head.size == walk.tree.size, head.hash != walk.hash { note(max(0, walk.tree.size - 1), .fork) }
            if let head, head.size < walk.tree.size { note(head.size, .insertion) }
            // What is about a person is taken out by redaction alone, which says so in the chain.
            if let unnamed = redacted.subtracting(named).min() { note(unnamed, .edit) }
        }
        if let size = checkpoints.unsigned.min() { note(size, .signature) }
        return AuditVerification(
            writer: writer,
            records: Int(walk.tree.size - (head?.sealed?.tree.size ?? 0)),
            firstBad: bad?.place,
            damage: bad?.damage
        )
    }

    /// The roots that were signed, by the sizes of the tree, and the sizes of checkpoints whose signature does not hold.
    private func signedSizes(
        of writer: String,
        _ verifier: CheckpointVerifier?,
        _ notes: [String]
    ) throws -> (roots: [Int64: [UInt8]], unsigned: [Int64]) {
        var (roots, unsigned): ([Int64: [UInt8]], [Int64]) = ([:], [])
        for note in try checkpoints(of: writer) + notes {
            let text = note.split(separator: "\n\n", maxSplits: 1).first.map { $0 + "\n" } ?? ""
            let claimed = Checkpoint(String(text))
            let signed = verifier.map { $0.checkpoint(in: note) } ?? claimed
            if let verifier, let signed, !signed.origin.hasSameBytes(as: AuditLog.origin(of: writer, verifier)) {
                continue  // another chain's
            }
            guard let signed else {
                unsigned.append(claimed?.size ?? 0)
                continue
            }
            // Two signed roots of one size are two histories.
            if let known = roots[signed.size], known != signed.root {
                roots[signed.size] = []
            } else {
                roots[signed.size] = signed.root
            }
        }
        return (roots, unsigned)
    }

    /// What kind of damage it is that a row does not continue the chain.
    private func classify(
        _ row: AuditRow,
        _ walk: AuditWalk
    ) throws -> (place: Int64, damage: AuditVerification.Damage) {
        let expected = walk.tree.size
        if row.sequence < expected {
            // A second record at a place: the same once more, or another one that is whole.
            let first = try auditRows(of: row.writer, from: row.sequence, afterNumber: .min, limit: 1).first
            return (row.sequence, row.isConsistent && first?.hash != row.hash ? .fork : .insertion)
        }
        let follows = try following(row, walk)
        guard row.isConsistent else {
            // The record that belongs here stands further on: this one was put before it, or comes from another place.
            guard let belonging = follows, belonging.moved(to: expected).isConsistent else { return (expected, .edit) }
            return (expected, try isFromAnotherPlace(row) ? .reordering : .insertion)
        }
        if row.sequence > expected { return (expected, follows == nil ? .deletion : .reordering) }
        // Whole in itself, and behind another record than stands before it.
        return follows == nil ? (max(0, expected - 1), .edit) : (expected, .insertion)
    }

    /// The record behind a row that continues the chain; `nil` if there is none.
    private func following(_ row: AuditRow, _ walk: AuditWalk) throws -> AuditRow? {
        var position = (row.sequence, row.number)
        while true {
            let page = try auditRows(of: row.writer, from: position.0, afterNumber: position.1, limit: Self.pageSize)
            guard let last = page.last else { return nil }
            if let found = page.first(where: { $0.previous == walk.hash }) { return found }
            position = (last.sequence, last.number)
        }
    }

    /// Whether a row is whole at some other place of the chain.
    private func isFromAnotherPlace(_ row: AuditRow) throws -> Bool {
        let end = max(0, try auditHead(of: row.writer)?.size ?? row.sequence)
        // A row may claim any place, also one far behind the end of its chain.
        let places = min(max(0, row.sequence.subtractingReportingOverflow(10_000).partialValue), end)...end
        return places.contains { $0 != row.sequence && row.moved(to: $0).isConsistent }
    }
}

/// A walk along a chain: the hash and the tree over what was read so far.
private struct AuditWalk {
    let writer: String
    private(set) var hash: [UInt8]
    private(set) var tree: MerkleFrontier

    init(writer: String, seal: AuditSeal?) {
        self.writer = writer
        hash = seal?.hash ?? AuditChain.start
        tree = seal?.tree ?? MerkleFrontier()
    }

    /// Takes the next row; false if it does not continue the chain.
    mutating func take(_ row: AuditRow) throws -> Bool {
        guard row.sequence == tree.size, row.previous == hash, row.isConsistent else { return false }
        hash = row.hash
        try tree.append(leafHash: row.hash)
        return true
    }
}

extension AuditRow {
    fileprivate func moved(to sequence: Int64) -> AuditRow {
        var moved = self
        moved.sequence = sequence
        return moved
    }

    /// Whether its hash is that of its content, and what is about a person is what was committed to.
    fileprivate var isConsistent: Bool {
        guard AuditChain.hash(of: self) == hash else { return false }
        if isRedacted { return record.user == nil && record.personal.isEmpty }
        return AuditChain.commitment(to: record, salt: salt) == commitment
    }

    /// The places that a record of a redaction names.
    fileprivate var redactedSequences: [Int64] {
        guard record.type.hasSameBytes(as: AuditLog.redacted),
            case .array(let places) = JSONValue(utf8: record.facts)?["records"]
        else { return [] }
        return places.compactMap { place in
            guard case .number(let number) = place else { return nil }
            return number.int.map { Int64($0) }
        }
    }
}
