#if Server
import ArgumentParser
import Gatehouse

/// An instant on the command line: RFC 3339, a date (its first moment in UTC), or Unix seconds with an optional fraction.
struct TimeOption: ExpressibleByArgument {
    let time: Timestamp

    init?(argument: String) {
        guard
            let time = Timestamp(rfc3339: argument) ?? Timestamp(rfc3339: argument + "T00:00:00Z")
                ?? Double(decimal: argument).flatMap(Timestamp.init(secondsSinceEpoch:))
        else { return nil }
        self.time = time
    }
}

extension Double {
    /// Makes a finite number from decimal digits; `nil` for the hexadecimal digits that `Double` reads as well.
    init?(decimal text: String) {
        guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let value = Double(text), value.isFinite
        else { return nil }
        self = value
    }
}
#endif
