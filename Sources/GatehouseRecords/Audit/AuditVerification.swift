import GatehouseBase

/// The result of verifying a chain of records.
public struct AuditVerification: Sendable, Hashable {
    /// A kind of damage.
    public enum Damage: String, Sendable, CaseIterable {
        /// A record's content was changed.
        case edit
        /// Records are missing between others.
        case deletion
        /// A record was inserted.
        case insertion
        /// The order of records was changed.
        case reordering
        /// The last records are missing.
        case truncation
        /// The records are consistent, but differ from the history that was signed.
        case fork
        /// A checkpoint's signature is not valid.
        case signature
    }

    /// A checkpoint without a valid signature by one of the keys.
    public struct UnsignedCheckpoint: Sendable, Hashable {
        /// The number of records that the checkpoint claims.
        public var size: Int64
        /// The names of the keys in the signatures of the note.
        public var signers: [String]
        /// True if a signature has the name and id of one of the keys, and is not valid.
        public var isForged: Bool

        /// Makes a description of a checkpoint.
        public init(size: Int64, signers: [String], isForged: Bool) {
            self.size = size
            self.signers = signers
            self.isForged = isForged
        }
    }

    /// The writer of the chain.
    public var writer: String
    /// The number of records that were read.
    public var records: Int
    /// The first damaged place; `nil` if there is none.
    public var firstBad: Int64?
    /// The kind of damage at the first damaged place; `nil` if there is none.
    public var damage: Damage?
    /// The checkpoints without a valid signature by one of the keys.
    public var unsigned: [UnsignedCheckpoint] = []

    /// True if the chain has no damage.
    public var isWhole: Bool { damage == nil }
}

extension AuditRows {
    private static var pageSize: Int { 512 }

    /// Hashes the records of a chain again, and compares them with the stored hashes, the head of the chain and the signed checkpoints.
    ///
    /// A record of the type `audit.sealed` vouches for the records that were removed after their retention. The record states their number,
    /// and a signed checkpoint has to cover the record if there is a verifier.
    ///
    /// - Parameters:
    ///   - writer: The writer whose chain is verified.
    ///   - verifier: The verifier of checkpoints; `nil` if signatures are not checked.
    ///   - notes: Checkpoints that were kept elsewhere, as signed notes, to find records that were cut off or rewritten. Those of other
    ///     chains are passed over.
    public func verifyAudit(
        of writer: String,
        by verifier: CheckpointVerifier? = nil,
        notes: [String] = []
    ) throws -> AuditVerification {
        try verifyAudit(of: writer, byAnyOf: verifier.map { [$0] }, notes: notes)
    }

    /// Verifies a chain with several keys, since each node may have its own key, and a key may be replaced. A checkpoint counts if one of
    /// the keys signed its note.
    ///
    /// - Parameters:
    ///   - writer: The writer of the chain.
    ///   - verifiers: The keys; `nil` if signatures are not checked. A key with the name of another chain's writer counts only for that
    ///     chain.
    ///   - notes: Checkpoints that were kept elsewhere, as signed notes. Checkpoints of other chains are skipped.
    public func verifyAudit(
        of writer: String,
        byAnyOf verifiers: [CheckpointVerifier]?,
        notes: [String] = []
    ) throws -> AuditVerification {
        let others = try auditWriters().filter { !$0.hasSameBytes(as: writer) }
        let verifiers = verifiers?.filter { key in !others.contains { key.name.hasSameBytes(as: $0) } }
        let head = try auditHead(of: writer)
        var walk = AuditWalk(writer: writer, seal: head?.sealed)
        let checkpoints = try signedSizes(of: writer, verifiers, notes)
        var pending = checkpoints.roots.sorted { $0.key < $1.key }[...]
        var bad: (place: Int64, damage: AuditVerification.Damage)?
        func note(_ place: Int64, _ damage: AuditVerification.Damage) {
            if bad.map({ place < $0.place }) ?? true { bad = (place, damage) }
        }
        // Checkpoints of the sealed part have no records to be compared with.
        while let first = pending.first, first.key < walk.tree.size { pending.removeFirst() }
        var position: (sequence: Int64, number: Int64) = (.min, .min)
        var page: [AuditRow] = []
        var redacted: Set<Int64> = []
        var named: Set<Int64> = []
        var vouched: [(place: Int64, size: Int64)] = []
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
                if let size = row.sealedSize { vouched.append((row.sequence, size)) }
            }
        }
        if bad == nil {
            while let next = pending.first, next.key == walk.tree.size {
                if try walk.tree.root() != next.value { note(walk.tree.size, .fork) }
                pending.removeFirst()
            }
            let signed = max(head?.size ?? 0, checkpoints.roots.keys.max() ?? 0)
            // The head is written with each record: without a head the end of the chain is unknown.
            if signed > walk.tree.size || head == nil && walk.tree.size > 0 { note(walk.tree.size, .truncation) }
            if let head, head.size == walk.tree.size, head.hash != walk.hash || head.tree != walk.tree {
                note(max(0, walk.tree.size - 1), try isLastAloneOther(than: head) ? .edit : .fork)
            }
            if let head, head.size < walk.tree.size { note(head.size, .insertion) }
            // Only a redaction removes personal data, and the chain records redactions.
            if let unnamed = redacted.subtracting(named).min() { note(unnamed, .edit) }
        }
        if let seal = head?.sealed,
            let missing = seal.missing(vouched, signed: verifiers.map { _ in checkpoints.roots })
        {
            // No record states that these records were removed after their retention.
            note(missing, walk.tree.size > seal.tree.size ? .deletion : .truncation)
        }
        if let size = checkpoints.unsigned.map(\.size).min() { note(size, .signature) }
        return AuditVerification(
            writer: writer,
            records: Int(walk.tree.size - (head?.sealed?.tree.size ?? 0)),
            firstBad: bad?.place,
            damage: bad?.damage,
            unsigned: checkpoints.unsigned
        )
    }

    /// Returns the signed roots by the sizes of the tree, and the checkpoints without a valid signature.
    private func signedSizes(
        of writer: String,
        _ verifiers: [CheckpointVerifier]?,
        _ notes: [String]
    ) throws -> (roots: [Int64: [UInt8]], unsigned: [AuditVerification.UnsignedCheckpoint]) {
        var roots: [Int64: [UInt8]] = [:]
        var unsigned: [AuditVerification.UnsignedCheckpoint] = []
        let own = try checkpoints(of: writer)
        for note in own + notes.filter({ Checkpoint(claimedBy: $0).map { $0.claimsChain(of: writer) } ?? true }) {
            let claimed = Checkpoint(claimedBy: note)
            let signed: [(checkpoint: Checkpoint, isOfWriter: Bool)]
            if let verifiers {
                signed = verifiers.compactMap { key in
                    key.checkpoint(in: note).map {
                        ($0, $0.origin.hasSameBytes(as: AuditLog.origin(of: writer, key)))
                    }
                }
            } else {
                signed = claimed.map { [($0, true)] } ?? []
            }
            guard !signed.isEmpty else {
                unsigned.append(.init(note, size: claimed?.size ?? 0, among: verifiers ?? []))
                continue
            }
            guard let checkpoint = signed.first(where: \.isOfWriter)?.checkpoint else { continue }  // another chain's
            // Two signed roots for one size belong to two histories.
            if let known = roots[checkpoint.size], known != checkpoint.root {
                roots[checkpoint.size] = []
            } else {
                roots[checkpoint.size] = checkpoint.root
            }
        }
        return (roots, unsigned)
    }
}

extension AuditVerification.UnsignedCheckpoint {
    fileprivate init(_ note: String, size: Int64, among verifiers: [CheckpointVerifier]) {
        let signatures = NoteParts(note)?.signatures ?? []
        self.init(
            size: size,
            signers: signatures.map(\.name),
            isForged: signatures.contains { signature in verifiers.contains { signature.isClaimed(by: $0) } }
        )
    }
}

extension AuditSeal {
    /// Returns the first place of missing records; `nil` if none is missing. A later record has to name the removed records, and a
    /// checkpoint has to cover that record.
    ///
    /// - Parameter signed: The sizes of the signed trees; `nil` if signatures are not checked.
    fileprivate func missing(_ records: [(place: Int64, size: Int64)], signed: [Int64: [UInt8]]?) -> Int64? {
        let last = signed.map { $0.keys.max() ?? 0 }
        let vouched = records.filter { record in last.map { record.place < $0 } ?? true }.map(\.size)
        if vouched.contains(tree.size) || tree.size == 0 { return nil }
        return vouched.filter { $0 < tree.size }.max() ?? 0
    }
}

extension Checkpoint {
    /// Reads a note without checking its signatures; `nil` if the note is not a checkpoint.
    init?(claimedBy note: String) {
        guard let end = note.utf8.firstRange(of: "\n\n".utf8)?.lowerBound else { return nil }
        self.init(String(Substring(note.utf8[..<end])) + "\n")
    }

    /// Returns the writer of the chain that a note claims; `nil` if the note is not a checkpoint by the key of this name. Without a name,
    /// the key is a key in the store.
    package static func writer(ofNote note: String, key: String?) -> String? {
        guard let origin = Checkpoint(claimedBy: note)?.origin else { return nil }
        let bytes = Array(origin.utf8)
        // A key that a store keeps has the name of the writer.
        let nameCount = key?.utf8.count ?? (bytes.count - 1) / 2
        guard nameCount > 0, bytes.count > nameCount + 1, bytes[nameCount] == UInt8(ascii: "/") else { return nil }
        let writer = bytes[(nameCount + 1)...]
        guard bytes[..<nameCount].elementsEqual(key.map { Array($0.utf8)[...] } ?? writer) else { return nil }
        return String(decoding: writer, as: UTF8.self)
    }

    /// Returns the writer of the chain that a note claims; `nil` if the note is not a checkpoint by one of the keys. Keys that signed the
    /// note take precedence. Without keys, the key is a key in the store.
    package static func writer(ofNote note: String, signedByAnyOf keys: [CheckpointVerifier]) -> String? {
        guard !keys.isEmpty else { return writer(ofNote: note, key: nil) }
        let signed = keys.filter { $0.checkpoint(in: note) != nil }
        return (signed + keys).lazy.compactMap { writer(ofNote: note, key: $0.name) }.first
    }

    /// Returns true if the note claims the writer's chain, for any name of the key.
    func claimsChain(of writer: String) -> Bool {
        origin.utf8.count > writer.utf8.count + 1
            && Array(origin.utf8).suffix(writer.utf8.count + 1).elementsEqual("/\(writer)".utf8)
    }
}
