#if PolicyFiles
import Gatehouse

extension RawRepresentable where Self: CaseIterable, RawValue == String {
    /// The case whose raw value has exactly these bytes.
    init?(bytesOf text: String) {
        guard let known = Self.allCases.first(where: { $0.rawValue.hasSameBytes(as: text) }) else { return nil }
        self = known
    }

    /// “; did you mean “x”?” for a text that is none of the raw values, where one of them is near; else nothing.
    static func suggestion(for text: String) -> String {
        var names = NearestNames(allCases.map(\.rawValue))
        return names.suggestion(for: text)
    }
}
#endif
