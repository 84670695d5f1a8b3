#if PolicyFiles
import Gatehouse

extension RawRepresentable where Self: CaseIterable, RawValue == String {
    /// Makes the case whose raw value has exactly these bytes; `nil` if there is none.
    init?(bytesOf text: String) {
        guard let known = Self.allCases.first(where: { $0.rawValue.hasSameBytes(as: text) }) else { return nil }
        self = known
    }

    /// Returns “; did you mean “x”?” if the text is near one of the raw values, and an empty text otherwise.
    static func suggestion(for text: String) -> String {
        var names = NearestNames(allCases.map(\.rawValue))
        return names.suggestion(for: text)
    }
}
#endif
