// Records a voice clip in the browser: how long it is, stop, discard. Where there is no microphone to be had, no button.

/** Best what plays everywhere, then what a browser records anyway. */
const KINDS = ["audio/mp4;codecs=mp4a.40.2", "audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

export function recording(form, root, done, say) {
  const button = form.querySelector("[data-record]");
  const panel = root.querySelector("[data-recording]");
  const kind = window.MediaRecorder && KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
  if (!button || !panel || !kind || !navigator.mediaDevices?.getUserMedia) return;
  const time = panel.querySelector("[data-recorded]");
  const longest = Number(root.dataset.voiceSeconds);
  let recorder;

  button.hidden = false;
  button.addEventListener("click", start);
  panel.querySelector("[data-record-stop]").addEventListener("click", () => recorder?.stop());
  panel.querySelector("[data-record-discard]").addEventListener("click", () => {
    if (!recorder) return;
    recorder.discarded = true;
    recorder.stop();
  });

  async function start() {
    say("");
    if (recorder) return;
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      return say(root.dataset.refused);
    }
    const parts = [];
    const begun = performance.now();
    recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: 32000 });
    recorder.ondataavailable = ({ data }) => data.size && parts.push(data);
    const tick = setInterval(() => {
      const seconds = Math.floor((performance.now() - begun) / 1000);
      time.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (seconds >= longest) recorder.stop();
    }, 250);
    recorder.onstop = () => {
      clearInterval(tick);
      for (const track of stream.getTracks()) track.stop();
      const { discarded } = recorder;
      recorder = undefined;
      panel.hidden = true;
      button.hidden = false;
      button.focus();
      if (discarded || !parts.length) return;
      const type = kind.split(";")[0];
      const ending = type === "audio/mp4" ? "m4a" : type.slice(6);
      done(new File(parts, `${root.dataset.voiceName}.${ending}`, { type }));
    };
    time.textContent = "0:00";
    panel.hidden = false;
    button.hidden = true;
    recorder.start(1000);
    panel.querySelector("[data-record-stop]").focus();
  }
}
