"""What people who need something call it, in English and German, beside the technical words that a chain uses for it.

A need is seldom written in the words of a value chain: who has rust on a machine asks for cleaning, not for laser
ablation. Each entry names a thing in technical words, then lists everyday words for the thing, for what it is used on
and for what it is used for. It belongs to the capabilities whose own names come near its technical words, so that it
serves any chain that has such a capability, and does nothing in one that has none. Written for this project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def everyday_words() -> Iterator[tuple[str, str]]:
    """Yield for each thing its technical words, and the everyday words for it."""
    for entry in re.split(r"\n(?=\S)", _ENTRIES.strip()):
        technical, _, everyday = entry.partition(":\n")
        yield technical, " ".join(everyday.split())


_ENTRIES = """
laser material processing machining drilling:
    bohren bohrung loch durchbruch durchgangsloch mikroloch perforieren stanzen drill hole perforate punch via nozzle
    düse sieve sieb
laser material processing machining cutting:
    schneiden zuschneiden zuschnitt trennen ausschneiden vereinzeln ritzen cut cutting slice dice dicing scribe
    scribing separate trim trimming kerf contour stent
laser material processing machining welding:
    schweißen schweißnaht naht fügen löten verbinden verbindung kupfer batterie akku spritzer weld welding join joining
    seam solder soldering braze copper battery cells spatter busbar airbag tank gehäusedeckel
laser material processing machining marking engraving:
    beschriften beschriftung kennzeichnen kennzeichnung markieren gravieren gravur seriennummer barcode data-matrix
    typenschild mark marking label labelling engrave engraving serial number logo code
laser material processing machining ablation cleaning:
    abtrag entlacken entrosten rost reinigen reinigung entschichten entgraten remove removal ablate ablation strip rust
    paint clean cleaning deburr residue oxide restore restaurieren fassade
laser material processing machining hardening:
    härten gehärtet randschicht anlassen vergüten umschmelzen harden hardening temper anneal annealing wear verschleiß
    gear zahnrad
laser material processing machining microstructuring:
    strukturieren strukturierung aufrauen reibung riblets textur mould form formenbau spritzguss texturing roughen
    friction grip tribology hydrophob lotus
material processing machines:
    blech stahl edelstahl aluminium titan metall werkstück bauteil keramik karbon cfk verbundwerkstoff leder textil
    holz papier kunststoff sheet steel stainless titanium metal workpiece ceramic carbon composite leather wood polymer
    burr grat kante edge
additive manufacturing laser printed:
    drucken 3d-druck gedruckt druckteil ersatzteil prototypenteil hohlstruktur leichtbau implantat print printing spare
    lightweight lattice implant powder-bed pulverbett
additive manufacturing laser powder deposition cladding:
    metallpulver pulver auftragschweißen auftrag materialauftrag reparieren reparatur instandsetzen aufbauen
    verschlissen abgenutzt powder cladding clad repair rebuild worn adding build-up turbine shaft welle
additive manufacturing polymers photoresist:
    harz resin stereolithografie zwei-photonen two-photon aushärten
lenses prisms mirrors precision optics:
    linse prisma spiegel asphäre asphärisch optik objektiv lupe fernglas schleifen polieren läppen feinschleifen
    zentrieren kitten lens prism mirror asphere aspheric optic objective magnifier grind grinding polish polishing
    lapping centring ball-lens kugellinse
micro-optics diffractive meta-optics:
    mikrolinse linsenarray freiform freiformfläche freiformoptik streuscheibe diffusor prägen abformen replizieren
    abformung nanoimprint lichtlenkfolie streufolie microlens array freeform diffuser emboss moulded molded replicate
    replication fresnel doe metalens homogeniser homogenizer spreads evenly
thin-film coating beschichtung antireflection:
    beschichten beschichtung vergüten vergütet entspiegeln entspiegelung blendfrei aufdampfen verspiegeln verspiegelt
    reflektieren reflexion hochreflektierend zerstörschwelle kratzfest schutzschicht dünnschicht schicht film coat
    coating layer anti-glare glare reflect reflective reflection antireflection ar-coating evaporate sputter mirrored
    damage threshold scratch-resistant transparent conductive leitfähig ito heating heizschicht beschlag fog-free
filters gratings polarisers isolators:
    filter bandpass sperrfilter kantenfilter farbfilter polfilter polarisation polarisator gitter strahlteiler isolator
    rückreflex rückreflexion notch dichroic polariser polarizer grating beam-splitter back-reflection feedback block
    wavelengths verzögerungsplatte waveplate
optical fibres cables connectors:
    faser glasfaser lichtleiter lichtleitkabel lwl patchkabel kabel stecker steckverbinder konfektion konfektionieren
    spleiß faserbündel spezialfaser mehrkern kerne hohlkern ziehen fiber fibre patch cable cord connector plug splice
    splicing bundle multicore core hollow-core draw drawing pigtail ferrule
fibre preforms silica:
    vorform faserziehturm quarz quarzglas quarzstab stab rohr ziehturm preform quartz silica rod tube high-purity
    hochrein
optical glass infrared:
    glas glasrohling rohglas scheibe fenster schmelze brechzahl brechungsindex dispersion germanium chalkogenid
    zinkselenid saphir blank window melt refractive index chalcogenide zinc selenide sapphire dome
nonlinear laser crystals:
    kristall zucht züchten verdopplung verdoppeln frequenzverdopplung lithiumniobat granat crystal boule doubling
    doubles harmonic pockels garnet yag
compound semiconductor substrates gaas inp gan:
    galliumarsenid gallium galliumnitrid indiumphosphid siliziumkarbid substrat scheiben gaas gan inp arsenide nitride
    phosphide carbide discs disks boules
epitaxy epiwafers semiconductor layers:
    aufwachsen wachsen halbleiterschicht schichtfolge epitaktisch abscheiden mocvd mbe growing grown growth epitaxial
    layer stack quantum-well quantenfilm
silicon wafers soi photonics:
    silizium silicium siliziumscheibe siliziumwafer soi oxid vergraben silicon buried nitride wafer
rare-earth dopants:
    seltene erden seltenerden ytterbium erbium neodym thulium holmium dotieren dotierstoff rare earth neodymium doping
    dopant rohstoff raw
phosphors quantum dots organic emitters leuchtstoffe:
    leuchtstoff leuchtpigment leuchtfarbe nachleuchtend nachleuchten fluoreszierend phosphor konversion nanokristall
    quantenpunkt pigment glow glowing dark afterglow luminescent phosphorescent fluorescent conversion white
    nanocrystal cadmium fluchtweg sicherheitstinte
perovskite solar:
    perowskit tandem tandemzelle drucktechnik tinte perovskite ink printable roll-to-roll
optical polymers adhesives photoresists:
    kleber klebstoff kleben verkleben kitten harz vergießen verguss folie fotolack lack transparent durchsichtig glue
    gluing adhesive bond bonding epoxy resin encapsulate potting resist clear silicone silikon cement
diamond colour centres:
    diamant farbzentrum fehlstelle stickstoff diamond vacancy vacancies nitrogen colour-centre nv
semiconductor laser diodes:
    laserdiode diodenlaser halbleiterlaser vcsel pumpdiode barren emitter kantenemitter laserpointer gesichtserkennung
    diode edge pump bar pointer face
led micro-led:
    leuchtdiode led uv-led platine bestückt headlight scheinwerferchip backlight germs keime entkeimen entkeimung
    desinfektion desinfizieren disinfect disinfection kill sterilise pflanzenlicht
oled devices organic:
    oled leuchtfolie leuchtfläche organisch biegsam flexible organic foil glowing bendable elektrolumineszenz
photodiodes photodetectors:
    fotodiode lichtempfänger empfänger lichtschranke lichtsensor fotozelle lawinendiode detektor receiver photodiode
    detector light-sensitive avalanche sensitivity photocell sensing element
single-photon detectors:
    einzelphoton photonenzähler lichtteilchen zähler snspd spad zeitauflösung count counting clicks photomultiplier
    faint timing
image sensors:
    bildaufnehmer bildsensor bildchip kamerachip pixel cmos ccd imager imaging chip event-based ereignisbasiert
    low-light dämmerung
modulators switches mems mirrors slm:
    modulator lichtschalter schalter verschluss shutter umschalten ablenken mikrospiegel kippspiegel lichtmodulator
    akustooptik switch switching nanoseconds tilt tilting micromirror gate attenuate abschwächer phase phasenschieber
photonic integrated circuits:
    chip lichtchip schaltkreis schaltung wellenleiter lichtleiterschaltung ringresonator integriert circuit waveguide
    on-chip pic photonic asic splitter interposer
clean-room foundry pilot lines fabrication:
    reinraum waferfertigung halbleiterlinie durchlauf layout mpw multiprojekt kleinserie stückzahl ätzen prozessierung
    cleanroom clean-room clean fab fabricate run tape-out etch etching deposition small-volume
nanophotonic plasmonic structures:
    nano nanostruktur nanoloch metaoberfläche plasmon strukturfarbe nanostructure nanostructured metasurface plasmonic
    subwavelength structural-colour photonic-crystal
single-photon entangled sources:
    photonenquelle einzelphotonenquelle verschränkt verschränkung entangled pairs demand single-photon
laser drivers readout thermal management electronics:
    treiber ansteuerung stromquelle stromversorgung netzteil kühlung kühlen kühlkörper wärme abführen entwärmung
    temperieren temperaturregelung peltier verstärkerschaltung auslese elektronik driver power supply current source
    cooling cooler heat sink temperature control electronics board readout amplifier tia pulser
testing characterisation photonic parts:
    charakterisieren messplatz prüfstand wafertester prober vermessung kennlinie prüfen bauteilprüfung messen
    characterise characterize measure bench probe probing yield ausbeute dark-current dunkelstrom
optical design simulation:
    berechnen berechnung rechnen simulieren simulation auslegen auslegung entwurf optikrechnung strahlengang raytracing
    streulicht lichtverteilung ausleuchtung toleranzanalyse calculate compute simulate design ray-tracing stray ghost
    tolerance light distribution zemax
solid-state ultrashort pulse lasers:
    kurzpuls kurzpulslaser ultrakurzpuls femtosekunden pikosekunden pulslaser laserquelle strahlquelle
    laserstrahlquelle festkörperlaser scheibenlaser grün femtosecond picosecond nanosecond pulse pulsed ultrafast disk
    slab q-switch green joule
gas lasers co2 excimer:
    gaslaser laserröhre laserrohr röhre kohlendioxid excimer helium argon co2 tube carbon dioxide krypton
fibre lasers amplifiers:
    faserlaser faserverstärker kilowatt verstärker thulium cw amplifier edfa high-power
tunable stabilised wavelength-converted lasers:
    durchstimmbar abstimmbar einstellbar wellenlänge schmalbandig stabilisiert linienbreite opo adjustable tunable
    selectable variable wavelength linewidth stable stabilised narrow-linewidth converted sweeping
frequency combs:
    frequenzkamm frequenzlineal kamm lineal comb ruler teeth equidistant
terahertz microwave photonics:
    terahertz millimeterwellen mikrowellen funksignal antenne durchstrahlen durchleuchten verpackung fog nebel
    microwave radio antenna radar millimetre see-through concealed hidden versteckt
led laser light engines:
    lichtquelle lichtmodul lampenmodul uv-lampe beamer projektor scheinwerfer operationsleuchte belichten aushärten
    trocknen lacktrocknung lamp module projector headlamp spotlight illuminator curing cure drying varnish floodlight
    operating surgical
display panels microdisplays:
    bildschirm display anzeige monitor sucher mikrodisplay touchscreen screen viewfinder readable sunlight pixels
    e-paper
cameras spectral imagers:
    kamera wärmebild wärmebildkamera nachtsicht thermografie infrarotkamera hyperspektral multispektral
    hochgeschwindigkeitskamera kennzeichen nummernschild überwachung personen fremdkörper obst camera thermal night
    vision hyperspectral multispectral high-speed licence plate surveillance people foreign bodies fruit drone drohne
spectrometer modules:
    spektrometer spektrograf spektrum farbmessung farbsensor farbe miniaturspektrometer spectrometer spectrograph
    spectrum colour colorimeter color roast shade farbton
transceivers interconnects data:
    transceiver steckmodul sendeempfänger datenverbindung datenübertragung rechenzentrum server rack backplane
    schnittstelle bandbreite plug-in pluggable data datacentre datacenter link bandwidth gigabit terabit interface
    board-to-board ethernet
beam delivery scanning shaping adaptive optics:
    strahlführung strahlformung strahlprofil ablenkung ablenkeinheit scanner scankopf galvo bearbeitungskopf
    schweißkopf schneidkopf laserkopf fokus fokussieren lichtfleck strahl verformbar deformierbar head scanhead
    galvanometer spot focus focusing steering flat-top tophat bell-shaped profile uniform polygon deformable wavefront
    wellenfront collimator kollimator ringprofil
fibre-optic sensors strain:
    dehnung dehnungsmessung faserbragg bauwerk bauwerksüberwachung brücke tunnel damm gleis zug züge schiene pipeline
    bohrloch erdöl ölquelle transformator windrad rotorblatt verteilt strain bragg structural bridge dam rail railway
    track trains borehole downhole oil wells transformer blade kilometres distributed acoustic das intrusion zaun fence
biosensors lab-on-chip:
    schnelltest bluttest blut speichel schweiß urin erreger krankheitserreger virus viren bakterien antikörper
    biomarker marker kartusche teststreifen diagnostik allergene blood saliva sweat pathogen bacteria antibody
    cartridge strip diagnostics point-of-care assay molecules protein dna hormone glucose zucker
gas chemical sensors:
    gas methan leck leckage lecksuche erdgas ammoniak abgas emission feinstaub luftqualität kohlendioxidmessung rauch
    brand rauchmelder leak leaking leakage natural ammonia exhaust particulate air quality smoke fire sniff solvent
    lösemittel sauerstoff oxygen chemical
chemical sensors spectroscopy water:
    wasser wasserqualität abwasser trinkwasser gewässer nitrat trübung sonde water wastewater drinking turbidity ph
    algae algen
photovoltaic solar cells modules:
    solarzelle solar photovoltaik pv solarmodul solarfolie dach fassade panel strom sonne solarpanel foil roof facade
    sunlight electricity
photonic packaging hybrid integration fibre coupling:
    packaging aufbau verbindungstechnik häusen einhausen gehäuse ankoppeln faserkopplung einkoppeln justage justieren
    ausrichten bestücken setzen flip-chip bonden drahtbonden hermetisch package housing couple coupling align alignment
    attach attaching pick-and-place assemble assembly die wire-bond pigtailing hermetic sub-micron glue
lithography direct-write:
    belichten belichtung lithografie elektronenstrahl direktschreiben schreiben nanodruck muster mask expose exposure
    e-beam electron-beam stepper pattern patterning write writing direct-write nanometres nanometer
light microscopes imaging:
    mikroskop mikroskopie zelle zellkultur gewebe lebend fluoreszenz hochauflösend superauflösung vergrößern microscope
    microscopy cell tissue living live fluorescence super-resolution magnify sections wound wunde
optical coherence tomography:
    netzhaut augenhintergrund auge schnittbild tiefenschnitt hornhaut arterie retina eye cornea cross-section layer
    depth subsurface artery ophthalmology augenarzt oct
optoacoustic imaging:
    ultraschall schall blutgefäß gefäße sauerstoffsättigung photoakustik ultrasound sound vessels photoacoustic
    acoustic arteries tumour tumor
endoscopes:
    endoskop boroskop hohlraum hohlräume rohrinnen innenrohr kanal motorraum katheter endoscope borescope cavity
    cavities inside pipe interior catheter engine bronchien darm
medical lasers phototherapy light stimulation:
    haut zahn zähne zahnarzt tattoo narben entzündung schmerz therapie behandlung behandeln bestrahlung chirurgie
    operation operieren augenlaser nerven haarentfernung schlaf skin tooth teeth dental dentist scars inflammation pain
    therapy treat treating treatment surgery surgical surgeon operate nerves hair sleep lamp depression optogenetics
raman infrared spectroscopy instruments:
    raman infrarotspektroskopie nahinfrarot stoffanalyse materialanalyse echtheit fälschung arznei arzneimittel
    medikament tabletten pillen drogen sprengstoff feuchte eiweiß fett getreide milch honig olivenöl wasserzusatz
    zusammensetzung inhaltsstoffe konzentration authenticity counterfeit fake drugs medicine pills tablets explosive
    moisture protein fat grain wheat milk honey oil watered composition ingredients concentration handheld pocket
    identify analyse content pestizid pesticide libs
spectral imaging spectroscopy sorting:
    sortieren sortierung recycling altkunststoff abfall schrott unkraut reif sort sorting recycle plastics waste scrap
    weeds ripe ripeness crop pflanze acker feld
lidar laser ranging:
    abstand abstandsmessung entfernung entfernungsmessung hindernis fahrerlos autonom selbstfahrend fahrzeug
    gabelstapler landvermessung füllstand geschwindigkeit wind windmessung distance ranging range obstacle driverless
    autonomous self-driving vehicle truck forklift robot survey surveying level speed velocity count rescue punktwolke
    point-cloud
optical inspection metrology 3d measurement:
    vermessen messen messtechnik prüfen prüfung oberflächenprüfung qualitätskontrolle geometrie form profil dicke
    schichtdicke rauheit ebenheit maßhaltigkeit kratzer riss fehler defekt einschluss berührungslos interferometer
    schwingung vibrometer streifenprojektion measure gauge gauging metrology inspect inspection inspecting quality
    shape thickness roughness flatness dimension scratch crack flaw defect contactless non-contact touching vibration
    scan scanning deformation
optical communication networks equipment:
    breitband netzausbau glasfasernetz ortsnetz telekommunikation internet dorf gewerbegebiet anschluss funkmast 5g
    broadband network telecom telecommunication village rural access last-mile metro backbone mobile
free-space visible-light communication:
    freiraum lichtfunk richtfunk lifi lampenlicht dach dächer satellit bodenstation laserlink schiff unterwasserfunk
    free-space li-fi rooftop buildings ground-station beam downlink uplink underwater-link
space instruments astronomy:
    raumfahrt weltraum weltall nutzlast kleinsatellit satellit cubesat teleskop fernrohr erdbeobachtung stern space
    spaceborne payload smallsat telescope orbit earth-observation weather wetter star tracker astronomy astronomie
    planet
quantum communication qkd qrng:
    abhörsicher verschlüsselung verschlüsseln schlüssel schlüsselaustausch zufallszahl zufall schützen nachricht geheim
    tap-proof eavesdropping eavesdrop encrypt encryption key exchange random secure secret secrecy messages protect
    bank quantensicher quantum-safe post-quantum
quantum sensors optical clocks:
    uhr zeitnormal zeit magnetfeld schwerkraft gravitation gravimeter magnetometer drehrate navigation gyroskop gehirn
    herz bodenschätze clock timing time magnetic gravity gravimetry rotation inertial gyroscope brain heart underground
    tunnels
atom ion quantum processors cold atoms:
    ionenfalle atomfalle ion kalte gefangen qubit quantencomputer vakuumkammer vakuumzelle rydberg trapped trap atom
    cold vacuum cell quantum-computer simulator
photonic computing:
    rechnen rechner lichtrechner prozessor neuronal netze netzwerke neuromorph beschleuniger hardware stromsparend
    sparsam compute computing processor transistor neural neuromorphic accelerator matrix heat
luminaires smart lighting:
    beleuchtung leuchte lampe straßenlaterne laterne hallenbeleuchtung raumlicht dimmen energiesparend tageslicht
    gewächshaus lighting luminaire street lamps dim dimming energy-saving daylight human-centric greenhouse office
    light
ar vr holographic display:
    datenbrille brille vr einblenden einblendung sichtfeld hologramm head-up headup frontscheibe windschutzscheibe
    glasses goggles eyewear headset eyepiece augmented virtual reality see-through overlay floats hologram holography
    windscreen 3d-display
laser vision process integration inline control:
    linie fertigungslinie produktionslinie band taktzeit inline einbauen integrieren einbinden nachrüsten
    automatisieren automation roboterzelle anlage steuerung überwachen prozessüberwachung regelung line production
    conveyor belt cycle integrate integration retrofit automate robot cell installation monitor monitoring process
    closed-loop plant running
calibration qualification reliability testing:
    kalibrieren kalibrierung eichen eichung rückführbar prüflabor klimakammer klimatest alterung alterungsversuch
    lebensdauer dauertest rütteltest schütteltest vibration schock temperaturwechsel temperaturschock zuverlässigkeit
    zertifikat norm strahlungstest emv calibrate calibration traceable standard climate chamber burn-in ageing aging
    lifetime endurance thermal-cycling shock reliability certificate certification certify qualify qualification
    radiation-hard accredited laser-safety lasersicherheit laserschutz
image signal analysis software:
    software bildauswertung auswerten auswertung bildverarbeitung bilderkennung künstlich intelligenz ki algorithmus
    erkennen erkennung klassifizieren maschinelles lernen datenanalyse analyse analysis ai algorithm recognise
    recognize recognition classify detection machine-learning deep-learning pictures images counting spot faces
    gesichter
clinical validation medical-device approval:
    zulassung zulassen medizinprodukt mdr ce-zeichen verkaufen klinik klinisch patient studie probanden erproben ethik
    krankenhaus approve approved approval permission regulation regulatory hospital clinic trial volunteers ethics fda
    notified sell
prototyping sme innovation support:
    fördermittel förderung förderantrag zuschuss antrag partner netzwerk beratung schulung weiterbildung pilotkunde
    muster demonstrator prototyp funktionsmuster machbarkeit machbarkeitsstudie gründung markteinführung funding grant
    subsidy network advice training teach course operators pilot customer feasibility mock-up startup spin-off sample
    proof-of-concept
"""
