#if PostgreSQL
import CPostgreSQL
import GatehouseRecords

extension PostgreSQLConnection {
    /// Runs statements one after another. Each is sent without waiting for the result of the one before. No statement runs after a failed
    /// statement.
    ///
    /// - Returns: The results of the statements.
    func results(of statements: [PostgreSQLStatement]) throws -> [PostgreSQLResult] {
        var results: [PostgreSQLResult] = []
        var ready: [(PostgreSQLStatement, name: String)] = []
        for statement in statements {
            if prepared[PreparedKey(statement)] == nil {
                // The preparation of a statement may fail, and so has its place among the statements.
                results += try pipeline(ready)
                ready = []
            }
            ready.append((statement, try prepare(statement)))
        }
        return results + (try pipeline(ready))
    }

    private func pipeline(_ statements: [(PostgreSQLStatement, name: String)]) throws -> [PostgreSQLResult] {
        if statements.count < 2 {
            return try statements.map { statement, name in
                try send(statement, named: name)
                return try finish()
            }
        }
        guard PQenterPipelineMode(handle) == 1 else { throw lost() }
        for (statement, name) in statements { try send(statement, named: name) }
        guard PQpipelineSync(handle) == 1 else { throw lost() }
        var results: [PostgreSQLResult] = []
        var failure: PostgreSQLError?
        for _ in statements {
            do {
                results.append(try finish())
            } catch let error as PostgreSQLError {
                failure = failure ?? error
            }
        }
        _ = try finish(until: PGRES_PIPELINE_SYNC)
        guard PQexitPipelineMode(handle) == 1 else { throw lost() }
        if let failure { throw failure }
        return results
    }

    func send(_ statement: PostgreSQLStatement, named name: String) throws {
        // All values are in one buffer, whose addresses hold for the call. An empty value has an address too, since a missing address means
        // NULL.
        var buffer: [UInt8] = []
        var places: [Range<Int>?] = []
        for argument in statement.arguments {
            let start = buffer.count
            places.append(argument.append(to: &buffer) ? start..<buffer.count : nil)
        }
        buffer.append(0)
        let lengths = places.map { Int32($0?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: places.count)
        let isSent = buffer.withUnsafeBytes { bytes in
            let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            let pointers = places.map { place in place.flatMap { place in base.map { $0 + place.lowerBound } } }
            return PQsendQueryPrepared(handle, name, Int32(places.count), pointers, lengths, formats, 1)
        }
        guard isSent == 1 else { throw lost() }
    }

    func prepare(_ statement: PostgreSQLStatement) throws -> String {
        let key = PreparedKey(statement)
        if let name = prepared[key] { return name }
        if prepared.count >= Self.maximumPrepared {
            try executeAll("DEALLOCATE ALL")
            prepared = [:]
        }
        let name = "gatehouse_\(prepared.count)"
        guard PQsendPrepare(handle, name, statement.sql, Int32(key.types.count), key.types.map { Oid($0) }) == 1 else {
            throw lost()
        }
        _ = try finish()
        prepared[key] = name
        return name
    }

    /// Waits for the end of a statement that was sent, at most until the limit.
    ///
    /// - Parameter last: The status of the final result; `nil` if the end has no result of its own.
    func finish(until last: ExecStatusType? = nil) throws -> PostgreSQLResult {
        // At the limit the server itself ends a statement, and reports the end. The extra second serves for a server that no longer
        // answers.
        let end = ContinuousClock.now.advanced(by: limit + .seconds(1))
        var outcome = PostgreSQLResult()
        var failure: PostgreSQLError?
        while true {
            while PQisBusy(handle) == 1 {
                guard wait(until: end) else { throw lost("no answer came in time") }
                guard PQconsumeInput(handle) == 1 else { throw lost() }
            }
            guard let result = PQgetResult(handle) else { break }
            defer { PQclear(result) }
            let status = PQresultStatus(result)
            if status == last { break }
            switch status {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: outcome = PostgreSQLResult(result)
            default: failure = failure ?? PostgreSQLError(result)
            }
        }
        if !isConnected { throw lost() }
        if let failure { throw failure }
        return outcome
    }
}
#endif
