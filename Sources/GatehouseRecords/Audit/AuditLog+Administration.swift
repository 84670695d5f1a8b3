import GatehouseBase

extension AuditRows where Self: WebhookRows {
    private static var redactionBatch: Int { 500 }

    /// Redacts a user: removes the user's personal data from all records, and appends a record that names their places. The chain still
    /// verifies.
    ///
    /// - Returns: The number of these records.
    package func redact(user: String, writer: String, now: Timestamp) throws -> Int {
        var count = 0
        while true {
            let rows = try auditRows(AuditQuery(user: user), after: 0, limit: Self.redactionBatch)
            if rows.isEmpty { break }
            for (chain, rows) in Dictionary(grouping: rows, by: \.writer) {
                for row in rows { try redact(number: row.number) }
                let places = rows.map { JSONValue.number(JSONNumber(Int($0.sequence))) }
                let record = AuditRecord(type: AuditLog.redacted, time: now, facts: ["records": .array(places)])
                try append([try PreparedRecord(record)], to: chain)
            }
            count += rows.count
        }
        // The copies that the compliance endpoint took are erased; the copies that still wait are sent first.
        _ = try eraseBodies(ofUser: user, source: StoredWebhook.complianceSource, includingPending: false)
        return count
    }

    /// Removes the records of a chain that are older than a time. A seal keeps the other records verifiable, and a new record contains the
    /// total number of removed records.
    ///
    /// - Returns: The number of records that were removed now.
    package func seal(writer: String, before time: Timestamp, by signer: CheckpointSigner?, now: Timestamp) throws
        -> Int
    {
        guard var head = try auditHead(of: writer) else { return 0 }
        var seal = head.sealed ?? AuditSeal(hash: AuditHead.start, tree: MerkleFrontier())
        let first = seal.tree.size
        var number = Int64.min
        sealing: while true {
            let page = try auditRows(of: writer, from: seal.tree.size - 1, afterNumber: number, limit: 512)
                .filter { $0.sequence >= seal.tree.size }
            guard let last = page.last else { break }
            for row in page {
                // The last record stays, since the hash of the next record covers its hash.
                guard row.record.time < time, row.sequence < head.size - 1 else { break sealing }
                seal.hash = row.hash
                try seal.tree.append(leafHash: row.hash)
            }
            number = last.number
        }
        let count = Int(seal.tree.size - first)
        guard count > 0 else { return 0 }
        try removeAuditRows(of: writer, before: seal.tree.size)
        head.sealed = seal
        try setAuditHead(head)
        let record = AuditRecord(
            type: AuditLog.sealed,
            time: now,
            facts: [
                "before": .string(time.description), "records": .number(JSONNumber(count)),
                "size": .number(JSONNumber(Int(seal.tree.size))),
            ]
        )
        let newHead = try append([try PreparedRecord(record)], to: writer)
        if let signer { try addCheckpoint(of: newHead, by: signer) }
        return count
    }
}

extension AuditLog {
    /// Redacts a user: removes the user's personal data from all records, and appends a record of the redaction. The chain still verifies.
    ///
    /// - Returns: The number of these records.
    @discardableResult
    public func redact(user: String) async throws -> Int {
        try await flush()
        let (writer, now) = (writer, clock.now())
        return try await write { try $0.redact(user: user, writer: writer, now: now) }
    }

    /// Removes records whose ``Configuration/retention`` is over.
    ///
    /// - Returns: The number of these records.
    @discardableResult
    public func removeExpired() async throws -> Int {
        guard let retention = configuration.retention else { return 0 }
        try await flush()
        let (writer, signer, now) = (writer, signer, clock.now())
        return try await write { rows in
            try rows.seal(writer: writer, before: now.advanced(by: .zero - retention), by: signer, now: now)
        }
    }
}
