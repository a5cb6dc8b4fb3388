using Google.Protobuf.WellKnownTypes;
using Sensorium.Core.Modalities;
using Sensorium.Deciders.Cases;
using Sensorium.Deciders.Deciding;
using Sensorium.Deciders.Measuring;
using Sensorium.Gateway.Operations.Decisions;
using Sensorium.Hosting.Grpc.Errors;
using Sensorium.Hosting.Grpc.Mapping;

namespace Sensorium.Gateway.Grpc;

/// <summary>Deciders and what was measured of them.</summary>
internal static class DeciderMapping
{
    public static V1.TeachResponse ToProto(this TeachEvent said) => said switch
    {
        TeachProgress progress => new V1.TeachResponse
        {
            Progress = new V1.TeachProgress
            {
                Cases = progress.Cases,
                Failures = { progress.Failures.Select(failure => new V1.TeachFailure { CaseId = failure.CaseId, Error = failure.Error.ToErrorStatus() }) },
            },
        },
        Taught taught => new V1.TeachResponse { Taught = taught.Decider.ToProto(isLoaded: false) },
        _ => throw new InvalidOperationException($"{said.GetType().Name} has no message."),
    };

    public static V1.DeciderInfo ToProto(this DeciderInfo info, bool isLoaded) => new()
    {
        Id = info.Id,
        Version = info.Version,
        TaughtAt = info.TaughtAt.ToTimestamp(),
        Cases = info.Cases,
        Models = { info.Models.Select(taught => new V1.DeciderModel { Modality = ModalityTable.OfName(taught.Modality)!.Modality.ToProto(), Model = taught.Model.ToProto() }) },
        Fields = { info.Schema.Fields.Select(field => new V1.DeciderField { Name = field.Name, Kind = field.Kind.ToProto(), Unit = field.Unit }) },
        Questions = { info.Questions.Select(DecideMapping.ToProto) },
        Reports = { info.Reports.Select(ToProto) },
        Loaded = isLoaded,
        Notice = DeciderInfo.Notice,
    };

    private static V1.FieldKind ToProto(this FieldKind kind) => kind switch
    {
        FieldKind.Number => V1.FieldKind.Number,
        FieldKind.Category => V1.FieldKind.Category,
        FieldKind.Text => V1.FieldKind.Text,
        FieldKind.Date => V1.FieldKind.Date,
        _ => V1.FieldKind.Unspecified,
    };

    private static V1.QuestionReport ToProto(QuestionReport report) => new()
    {
        Question = report.Question.Name,
        Cases = report.Cases,
        Options = { report.Options.Select(option => new V1.OptionCount { Value = option.Value, Cases = option.Cases }) },
        Auroc = ToProto(report.Auroc),
        Brier = report.Brier,
        CalibrationError = report.CalibrationError,
        Calibration = { report.Curve.Select(bin => new V1.CalibrationBin { Probability = bin.Probability, Share = bin.Share, Cases = bin.Cases }) },
        Parts = { report.Parts.Select(part => new V1.PartFigure { Part = part.Part, Cases = part.Cases, Alone = ToProto(part.Alone), Adds = part.Adds }) },
        Fields =
        {
            report.Fields.Select(field => new V1.FieldFigure { Field = field.Field, Cases = field.Cases, Alone = field.Alone, Missing = field.Missing, Leaks = field.Leaks }),
        },
        Coverage = { report.Coverage.Select(point => new V1.CoveragePoint { Coverage = point.Coverage, Confidence = point.Confidence, Error = point.Error }) },
    };

    private static V1.Figure ToProto(Interval interval) => new() { Value = interval.Value, Low = interval.Low, High = interval.High };
}
