#if PolicyFiles
package import Gatehouse

/// A line of `gatehouse policy check`: a check in JSON, and the id for its answer.
///
/// ```json
/// {"id":"1","principal":{"id":"user_1","organization":"org_1","roles":["org:admin"]},"permission":"org:invoices:read"}
/// ```
package struct CheckLine: Sendable {
    /// The length of the longest line that is read, in bytes. A policy document has the same limit.
    package static let maximumBytes = PolicyDocument.maximumBytes

    /// The id that the answer repeats; `nil` if the line has none.
    package var id: String?
    /// The check.
    package var check: AccessCheck

    /// Reads a line, without its line break.
    ///
    /// - Parameter now: The time of a check without a time.
    /// - Throws: ``CheckLineError`` for every text but a JSON object of the known members with the right types.
    package init(reading line: [UInt8], now: Timestamp) throws(CheckLineError) {
        guard line.count <= Self.maximumBytes else { throw CheckLineError("a check is at most 32 MiB long") }
        let document: JSONDocument
        do throws(JSONError) {
            document = try JSONDocument(parsing: line)
        } catch {
            throw CheckLineError(error.description)
        }
        var reader = CheckReader(now: now)
        guard let check = reader.line(document.root) else {
            let message = reader.faults.first?.message ?? "this is no check"
            throw CheckLineError(message, id: document.root.member("id")?.string)
        }
        self = check
    }

    init(id: String?, check: AccessCheck) {
        self.id = id
        self.check = check
    }
}
#endif
