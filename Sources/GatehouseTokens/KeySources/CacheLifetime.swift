import HTTPTypes

/// The time for which an answer may be kept, by its header fields (RFC 9111 sections 5.1 and 5.2.2).
struct CacheLifetime {
    /// The seconds from the sending of the request; `nil` if the answer has no such time.
    let seconds: Int64?

    /// Reads `Cache-Control` and `Age`. If directives disagree, the shorter time counts; a malformed directive counts as absent.
    init(_ fields: HTTPFields) {
        func values(_ name: HTTPField.Name) -> [String] {
            fields[values: name].flatMap { $0.split(separator: ",") }
                .map { $0.lowercased().filter { $0 != " " && $0 != "\t" } }
        }
        let times = values(.cacheControl).compactMap { directive -> Int64? in
            if directive == "no-store" || directive == "no-cache" { return 0 }
            guard directive.hasPrefix("max-age=") else { return nil }
            return Self.deltaSeconds(directive.dropFirst("max-age=".utf8.count).filter { $0 != "\"" })
        }
        let age = values(.age).compactMap { Self.deltaSeconds($0) }.max() ?? 0
        seconds = times.min().map { max(0, $0 - age) }  // neither is negative, so that the difference does not overflow
    }

    /// Returns the seconds that digits write, limited to the largest number (section 1.2.2).
    private static func deltaSeconds(_ text: String) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return Int64(text) ?? .max
    }
}
