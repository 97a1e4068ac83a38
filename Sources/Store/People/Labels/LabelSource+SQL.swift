import Domain

extension LabelSource: SQLConvertible {}
