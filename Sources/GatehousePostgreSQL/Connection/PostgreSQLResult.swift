#if PostgreSQL
import CPostgreSQL

/// The rows of a statement, or the number of rows that the statement changed.
struct PostgreSQLResult {
    var rows: [PostgreSQLRow] = []
    var count = 0

    init() {}

    init(_ result: OpaquePointer) {
        let columns = PQnfields(result)
        rows = (0..<PQntuples(result)).map { row in
            PostgreSQLRow(
                columns: (0..<columns).map { column in
                    guard PQgetisnull(result, row, column) == 0, let value = PQgetvalue(result, row, column) else {
                        return nil
                    }
                    let count = Int(PQgetlength(result, row, column))
                    return value.withMemoryRebound(to: UInt8.self, capacity: count) {
                        Array(UnsafeBufferPointer(start: $0, count: count))
                    }
                }
            )
        }
        count = PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
    }
}

extension PostgreSQLError {
    init(_ result: OpaquePointer) {
        func field(_ code: Character) -> String? {
            code.asciiValue.flatMap { PQresultErrorField(result, Int32($0)) }.map { String(cString: $0) }
        }
        // The letters are PG_DIAG_SQLSTATE, PG_DIAG_CONSTRAINT_NAME and PG_DIAG_MESSAGE_PRIMARY, which are macros of characters.
        self.init(sqlState: field("C") ?? "", constraint: field("n"), serverMessage: field("M") ?? "")
    }
}
#endif
